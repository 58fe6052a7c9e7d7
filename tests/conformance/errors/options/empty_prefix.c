// flags: -fplugin-arg-thimble-prefix=
// error: ...bad value '' for option 'prefix'...: it takes prefix=STR
extern int unit;
