/**
 * Sessions: begun at a sign-in, checked and renewed at each request, ended.
 *
 * <p><b>SECURITY.</b> A token is hostile text. Its signature is necessary and never enough: every
 * check also reads the session's row, and when the store or the sign-in provider cannot answer, the
 * request is refused. What a compromised gateway can do with a token it sees is bounded by that
 * session's limits; it can neither lengthen them nor bring an ended session back.
 */
@NullMarked
package org.hitc.session;

import org.jspecify.annotations.NullMarked;
