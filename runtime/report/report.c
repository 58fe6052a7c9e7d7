#include "report.h"

#include "json.h"
#include "pretty.h"

struct report *_thimble_report(const struct options *options) {
    return options->format == FORMAT_JSON ? _thimble_json() : _thimble_pretty(options);
}
