/**
 * Attacks on the running product: code as web-side inside the chroot does what a gateway would
 * never do, and the tests look at what comes of it. Each test is named by its number in the list of
 * attacks.
 *
 * <p><b>SECURITY.</b> {@link Attacker} stands for a gateway that was taken over: it holds every
 * right of web-side and a valid session token, and nothing that it says is believed.
 */
@NullMarked
package org.hitc.redteam;

import org.jspecify.annotations.NullMarked;
