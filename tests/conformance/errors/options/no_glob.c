// flags: -fplugin-arg-thimble-exclude
// error: ...option 'exclude' needs a value...: it takes exclude=GLOB
extern int unit;
