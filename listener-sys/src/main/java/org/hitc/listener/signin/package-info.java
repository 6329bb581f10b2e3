/**
 * Who says who somebody is, as the configuration chooses it: the password file, or a registered
 * program, and the roles file on top of either.
 *
 * <p><b>SECURITY.</b> A name and a password are hostile text. They reach a program on its standard
 * input alone, never an argument, a variable or a log, and only when they cannot be more than the
 * two lines that they are. What the program prints about a user is checked like a line of the
 * password file. Whatever is not clearly a yes or a no signs nobody in.
 */
@NullMarked
package org.hitc.listener.signin;

import org.jspecify.annotations.NullMarked;
