// flags: -fplugin-arg-thimble-nonsense=1
// error: ...unknown option 'nonsense'...: thimble knows prefix=STR, seams=all|extern|off, allocs=on|off, asserts=on|off, allocator=NAME:SIZE[,COUNT][:free=NAME][:realloc=PTR], seam-builtin=NAME, frames=on|off, exclude=GLOB, report=FILE
extern int unit;
