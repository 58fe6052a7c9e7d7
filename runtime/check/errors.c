#include "errors.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

static const char *name_of(int error) {
    static const struct {
        int error;
        const char *name;
    } names[] = {
#define NAME(error) {error, #error}
        NAME(EPERM),        NAME(ENOENT),          NAME(ESRCH),           NAME(EINTR),
        NAME(EIO),          NAME(ENXIO),           NAME(E2BIG),           NAME(ENOEXEC),
        NAME(EBADF),        NAME(ECHILD),          NAME(EAGAIN),          NAME(ENOMEM),
        NAME(EACCES),       NAME(EFAULT),          NAME(ENOTBLK),         NAME(EBUSY),
        NAME(EEXIST),       NAME(EXDEV),           NAME(ENODEV),          NAME(ENOTDIR),
        NAME(EISDIR),       NAME(EINVAL),          NAME(ENFILE),          NAME(EMFILE),
        NAME(ENOTTY),       NAME(ETXTBSY),         NAME(EFBIG),           NAME(ENOSPC),
        NAME(ESPIPE),       NAME(EROFS),           NAME(EMLINK),          NAME(EPIPE),
        NAME(EDOM),         NAME(ERANGE),          NAME(EDEADLK),         NAME(ENAMETOOLONG),
        NAME(ENOLCK),       NAME(ENOSYS),          NAME(ENOTEMPTY),       NAME(ELOOP),
        NAME(ENOMSG),       NAME(EIDRM),           NAME(ENOSTR),          NAME(ENODATA),
        NAME(ETIME),        NAME(ENOSR),           NAME(ENOLINK),         NAME(EPROTO),
        NAME(EBADMSG),      NAME(EOVERFLOW),       NAME(EILSEQ),          NAME(EUSERS),
        NAME(ENOTSOCK),     NAME(EDESTADDRREQ),    NAME(EMSGSIZE),        NAME(EPROTOTYPE),
        NAME(ENOPROTOOPT),  NAME(EPROTONOSUPPORT), NAME(ESOCKTNOSUPPORT), NAME(EOPNOTSUPP),
        NAME(EPFNOSUPPORT), NAME(EAFNOSUPPORT),    NAME(EADDRINUSE),      NAME(EADDRNOTAVAIL),
        NAME(ENETDOWN),     NAME(ENETUNREACH),     NAME(ENETRESET),       NAME(ECONNABORTED),
        NAME(ECONNRESET),   NAME(ENOBUFS),         NAME(EISCONN),         NAME(ENOTCONN),
        NAME(ESHUTDOWN),    NAME(ETIMEDOUT),       NAME(ECONNREFUSED),    NAME(EHOSTDOWN),
        NAME(EHOSTUNREACH), NAME(EALREADY),        NAME(EINPROGRESS),     NAME(ESTALE),
        NAME(EDQUOT),       NAME(ECANCELED),       NAME(EOWNERDEAD),      NAME(ENOTRECOVERABLE),
        NAME(EREMOTEIO),    NAME(ENOMEDIUM),       NAME(EMEDIUMTYPE),     NAME(ENOKEY),
        NAME(EKEYEXPIRED),  NAME(EKEYREVOKED),     NAME(EKEYREJECTED),    NAME(ERFKILL),
        NAME(EHWPOISON),    NAME(EUCLEAN),         NAME(ENOTUNIQ),        NAME(EREMCHG),
        NAME(ELIBACC),      NAME(ELIBBAD),         NAME(ERESTART),        NAME(ESTRPIPE),
        NAME(ECOMM),        NAME(EMULTIHOP),       NAME(ENONET),          NAME(ENOPKG),
        NAME(EREMOTE),      NAME(ECHRNG),
#undef NAME
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].error == error)
            return names[i].name;
    }
    return NULL;
}

void _thimble_put_error_name(struct text *text, int error) {
    const char *name = name_of(error);
    if (name)
        _thimble_puts(text, name);
    else
        _thimble_printf(text, "%d", error);
}

void _thimble_put_error(struct text *text, int error) {
    _thimble_put_error_name(text, error);
    _thimble_printf(text, " (%s)", error ? strerror(error) : "no error");
}
