/**
 * The authenticator: a process and a user of its own ({@code auth_side}), which alone can read the
 * password file. It answers the listener over a unix socket, and for who has signed in it fetches a
 * grant from the launcher.
 *
 * <p><b>SECURITY.</b> The listener is believed in nothing: it may be in wrong hands. What it can
 * get is a check of a password that somebody typed, at a bounded pace; what is known about a user,
 * without the hash; and never a grant without the right password and what else the user needs. The
 * state of a sign-in between two screens, which the listener keeps, is sealed.
 */
@NullMarked
package org.hitc.listener.authenticator;

import org.jspecify.annotations.NullMarked;
