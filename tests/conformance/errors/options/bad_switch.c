// flags: -fplugin-arg-thimble-allocs=maybe
// error: ...bad value 'maybe' for option 'allocs'...: it takes allocs=on|off
extern int unit;
