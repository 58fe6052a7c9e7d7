// flags: -fplugin-arg-thimble-seams
// error: ...option 'seams' needs a value...: it takes seams=all|extern|off
extern int unit;
