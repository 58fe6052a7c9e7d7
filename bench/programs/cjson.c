/* cJSON, used by and large: `cjson FILE` parses it, prints it in each way, copies and changes it.
 */
#include <cJSON.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 20, LARGEST = 1 << 20 };

static char text[LARGEST];

static void change(cJSON *json) {
    cJSON *copy = cJSON_Duplicate(json, 1);
    cJSON_AddStringToObject(copy, "name", "Spot");
    cJSON_AddItemToObject(copy, "weights", cJSON_CreateIntArray((const int[]){5, 2, 1}, 3));
    cJSON_AddItemToObject(copy, "more", cJSON_CreateStringArray((const char *[]){"a", "b"}, 2));
    cJSON_DeleteItemFromObject(copy, "name");
    cJSON_Delete(copy);
}

int main(int argc, char **argv) {
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!file)
        return EXIT_FAILURE;
    text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
    fclose(file);
    for (int i = 0; i < ROUNDS; i++) {
        cJSON *json = cJSON_Parse(text);
        char *printed = cJSON_Print(json), *plain = cJSON_PrintUnformatted(json);
        char *buffered = cJSON_PrintBuffered(json, 64, 1);
        if (!json || !printed || !plain || !buffered)
            return EXIT_FAILURE;
        change(json);
        free(printed);
        free(plain);
        free(buffered);
        cJSON_Delete(json);
    }
    return 0;
}
