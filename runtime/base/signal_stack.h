/* signal_stack.h: a stack for the handlers of signals. */
#ifndef BASE_SIGNAL_STACK_H
#define BASE_SIGNAL_STACK_H

/* Gives this thread one, if it has none: its own may be what has run out. */
void _thimble_give_signal_stack(void);

#endif
