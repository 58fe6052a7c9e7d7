/* zlib, used by and large: `zlib FILE` compresses and decompresses on every level, in memory and
 * in FILE, which it makes. */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { SIZE = 200000, CHUNK = 5000 };

static unsigned char data[SIZE], packed[SIZE * 2], window[1 << MAX_WBITS];

static void in_memory(void) {
    for (int level = 0; level <= 9; level++) {
        uLongf packed_size = sizeof(packed), size = sizeof(data);
        compress2(packed, &packed_size, data, sizeof(data), level);
        uncompress(data, &size, packed, packed_size);
    }
}

static void in_file(const char *name) {
    gzFile file = gzopen(name, "wb");
    gzwrite(file, data, sizeof(data));
    gzprintf(file, "%d animals", 3);
    gzclose(file);
    file = gzopen(name, "rb");
    gzread(file, packed, CHUNK);
    gzungetc('a', file);
    gzseek(file, CHUNK, SEEK_CUR);
    gzclose(file);
}

static void copied(void) {
    z_stream stream = {0}, copy;
    deflateInit2(&stream, 5, Z_DEFLATED, MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = data;
    stream.avail_in = CHUNK;
    stream.next_out = packed;
    stream.avail_out = sizeof(packed);
    deflate(&stream, Z_SYNC_FLUSH);
    deflateCopy(&copy, &stream);
    deflateEnd(&copy);
    deflateEnd(&stream);
    memset(&stream, 0, sizeof(stream));
    inflateInit(&stream);
    inflateCopy(&copy, &stream);
    inflateEnd(&copy);
    inflateEnd(&stream);
    memset(&stream, 0, sizeof(stream));
    inflateBackInit(&stream, MAX_WBITS, window);
    inflateBackEnd(&stream);
}

int main(int argc, char **argv) {
    if (argc != 2)
        return EXIT_FAILURE;
    for (int i = 0; i < SIZE; i++)
        data[i] = (unsigned char)(i * i >> 7);
    in_memory();
    in_file(argv[1]);
    copied();
    return 0;
}
