// flags: -fplugin-arg-thimble-allocator=pool
// error: ...bad value 'pool' for option 'allocator'...: it takes allocator=NAME:SIZE[,COUNT][:free=NAME][:realloc=PTR]
extern int unit;
