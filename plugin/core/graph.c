/* graph.c: fixtures that ask for others: in circles, or for what is gone before they are. */
#include "discovery.h"
#include "naming.h"
#include <string.h>

/* How long a value lives: for a test, a unit's tests, the run. */
enum lifetime { FOR_TEST, FOR_UNIT, FOR_RUN };

static enum lifetime lifetime_of(const struct provider *provider) {
    if (provider->kind == THIMBLE_TEST_FIXTURE)
        return FOR_TEST;
    return provider->kind == THIMBLE_MODULE_FIXTURE ? FOR_UNIT : FOR_RUN;
}

static struct provider *asked_for(const struct discovery *discovery, const struct provider *asking,
                                  uint32_t i) {
    const char *name =
        parameters_name(discovery->model, parameters_get(discovery->model, asking->function, i));
    return parameters_built_in(name) ? NULL : (struct provider *)fixtures_provider(discovery, name);
}

/* ---- Circles ---- */

/* From the circle's first to this one. */
static void add_way(struct line *line, const struct provider *first, const struct provider *to) {
    if (to != first)
        add_way(line, first, to->asked_by);
    line_add(line, "%s -> ", to->name);
}

static void say_circle(struct discovery *discovery, const struct provider *first,
                       const struct provider *last, uint32_t parameter) {
    char text[LONGEST_MESSAGE];
    struct line line = line_in(text, sizeof text);
    line_add(&line, "fixtures ask for each other in a circle: ");
    add_way(&line, first, last);
    line_add(&line, "%s", first->name);
    discovery_say(discovery, last->function, parameter, text);
}

static void follow(struct discovery *discovery, struct provider *asking) {
    uint32_t count = parameters_count(discovery->model, asking->function);
    asking->visit = PROVIDER_OPEN;
    for (uint32_t i = 0; i < count; i++) {
        struct provider *next = asked_for(discovery, asking, i);
        if (!next || next->visit == PROVIDER_DONE)
            continue;
        if (next->visit == PROVIDER_OPEN) {
            say_circle(discovery, next, asking, i);
            continue;
        }
        next->asked_by = asking;
        follow(discovery, next);
    }
    asking->visit = PROVIDER_DONE;
}

/* ---- Lifetimes ---- */

static void check_lifetimes(struct discovery *discovery, const struct provider *asking) {
    static const char *const asks[] = {"", "once for all tests of its unit",
                                       "once for the whole run"};
    static const char *const gets[] = {"for each test", "for each unit"};
    const struct model *model = discovery->model;
    enum lifetime own = lifetime_of(asking);
    uint32_t count = parameters_count(model, asking->function);
    for (uint32_t i = 0; own != FOR_TEST && i < count; i++) {
        const struct provider *next = asked_for(discovery, asking, i);
        const char *name = parameters_name(model, parameters_get(model, asking->function, i));
        enum lifetime other = next ? lifetime_of(next) : FOR_TEST;
        if ((!next && !parameters_built_in(name)) || other >= own)
            continue;
        char text[LONGEST_MESSAGE];
        struct line line = line_in(text, sizeof text);
        line_add(&line, "%s is made %s, so it cannot ask for '%s', which is made %s",
                 model->functions[asking->function].is.name, asks[own], name, gets[other]);
        discovery_say(discovery, asking->function, i, text);
    }
}

void graph_check(struct discovery *discovery) {
    for (size_t i = 0; i < discovery->provider_count; i++) {
        struct provider *provider = &discovery->providers[i];
        if (provider->visit == PROVIDER_NEW)
            follow(discovery, provider);
        if (discovery->model->functions[provider->function].is.flags & THIMBLE_DEFINED)
            check_lifetimes(discovery, provider);
    }
}
