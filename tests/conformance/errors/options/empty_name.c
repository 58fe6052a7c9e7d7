// flags: -fplugin-arg-thimble-seam-builtin=
// error: ...bad value '' for option 'seam-builtin'...: it takes seam-builtin=NAME
extern int unit;
