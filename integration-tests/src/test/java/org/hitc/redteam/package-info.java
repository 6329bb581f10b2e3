/**
 * Attacks on the running product: code as web-side inside the chroot does what a gateway would
 * never do, and the tests look at what comes of it. Each test is named by its number in the list of
 * attacks. Those on tokens, keys and the audit log that need no running product stand beside what
 * they attack:
 *
 * <ul>
 *   <li>84, 85, 87, 90: a token with flipped bits, other Base64, other headers, wrong times: {@code
 *       TokenVerifierTest} of session-store; 97 through the hole: {@link org.hitc.redteam.KeysTest}
 *   <li>88: unknown, path-like, retired key ids: {@code TokenVerifierTest}, {@code LiveKeysTest};
 *       with the running product: {@link org.hitc.redteam.KeysTest}
 *   <li>101: tokens and passwords in files and command lines: {@code session.SecretsTest}
 *   <li>103, 104: private keys, and the copies in the chroot: {@link org.hitc.redteam.KeysTest},
 *       {@code KeyFolderTest} of listener-sys
 *   <li>168 to 171: a full, failing or read-only disk and torn records: {@code AuditLogTest} of
 *       listener-sys; with the running product: {@link org.hitc.redteam.AuditTest}
 *   <li>195, 196, 198: flipped bits, cut tails, sealing anew: {@code AuditLogTest}, {@code
 *       CheckpointsTest} of listener-sys, {@link org.hitc.redteam.AuditTest}
 *   <li>197: control characters in records: {@code AuditLogTest}, {@code StoryTest}
 *   <li>200: floods of refusals and of sign-ins: {@code AuditLogTest}
 * </ul>
 *
 * <p><b>SECURITY.</b> {@link Attacker} stands for a gateway that was taken over: it holds every
 * right of web-side and a valid session token, and nothing that it says is believed.
 */
@NullMarked
package org.hitc.redteam;

import org.jspecify.annotations.NullMarked;
