/**
 * What only the listener does with tokens: keep the private key and sign.
 *
 * <p><b>SECURITY.</b> Whoever reads the private key can be anybody. It lives in a file of the
 * listener's own user, which is refused when others could have read it, and in this package; it is
 * never printed, logged or handed out.
 */
@NullMarked
package org.hitc.session.sign;

import org.jspecify.annotations.NullMarked;
