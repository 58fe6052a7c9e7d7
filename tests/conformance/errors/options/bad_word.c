// flags: -fplugin-arg-thimble-seams=some
// error: ...bad value 'some' for option 'seams'...: it takes seams=all|extern|off
extern int unit;
