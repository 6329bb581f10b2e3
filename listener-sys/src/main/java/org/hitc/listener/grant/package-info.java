/**
 * Grants: what a launcher gives to a user who has signed in, and the end of them. With a grant, and
 * with nothing else, the launcher runs a program as that user.
 *
 * <p><b>SECURITY.</b> A grant goes from the launcher through the authenticator into the session's
 * row, and from there back to the launcher. It stands in no token, page, log or audit record.
 */
@NullMarked
package org.hitc.listener.grant;

import org.jspecify.annotations.NullMarked;
