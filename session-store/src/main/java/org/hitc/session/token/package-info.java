/**
 * Session tokens as the web side may know them: their claims, the public keys, and the check of a
 * signature. It is the only package of this module that lies in the chroot.
 *
 * <p><b>SECURITY.</b> Every token is hostile text until its signature has been checked, and a valid
 * signature says only that the listener once issued these claims: whether the session still lives
 * is for {@link org.hitc.session.Sessions} to say. Nothing here holds a private key, reads a store,
 * or opens a file whose name came from a token.
 */
@NullMarked
package org.hitc.session.token;

import org.jspecify.annotations.NullMarked;
