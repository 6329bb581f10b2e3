/**
 * Who somebody is: one interface for every way of signing in, the password file, and the brake on
 * guessing.
 *
 * <p><b>SECURITY.</b> User names, passwords and source addresses come through the hole and are
 * believed by nobody: a compromised gateway can name any source, and sees each password that is
 * typed while it is compromised. The password file belongs to the sys side and is believed once it
 * has been checked. An unknown user, a wrong password and a disabled user cost the same time and
 * give the same answer.
 */
@NullMarked
package org.hitc.session.signin;

import org.jspecify.annotations.NullMarked;
