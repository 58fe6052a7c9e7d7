// run: -j 1 -q --junit run.xml --json run.json
// shell: sed 's/ \(time\|timestamp\|hostname\)="[^"]*"/ \1="..."/g; s/\(name="thimble"\) value="[^"]*"/\1 value="..."/' run.xml
// shell: cat run.json
// shell: ls | grep -F .tmp
// shell: ./tests -j 1 -k passes --junit - 2>/dev/null | head -1
// shell: ./tests -j 1 -k passes -q --json /dev/stdout 2>/dev/null | wc -l
// run: --junit no/such/folder/run.xml
// run: --json .
// run: --json run.json --junit run.json
// run: --format tap --json run.json -k passes
#include <thimble.h>
#include <stdio.h>

void test_passes(void) {
}

void test_fails(void) {
    printf("]]> <&\"\033[31m\xff\n");
    assert(1 + 1 == 3);
}

SKIP("no pool") void test_swims(void) {
}

XFAIL("a bug") void test_flies(void) {
    assert(!"yet");
}

void test_animals(void) {
    for (int i = 0; i < 3; i++)
        subtest("animal #%d", i) {
            skip_if(i == 0, "it sleeps");
            assert(i != 1);
        }
}
