// flags: -fplugin-arg-thimble-allocator=pool:x
// error: ...bad value 'pool:x' for option 'allocator'...: it takes allocator=NAME:SIZE[,COUNT][:free=NAME][:realloc=PTR]
extern int unit;
