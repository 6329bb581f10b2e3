package org.hitc.session.signin;

import java.time.Instant;
import org.hitc.channel.SignInScreen;

/**
 * What the store keeps of a sign-in between two screens. It is of no session, and no session comes
 * out of it but a fresh one.
 *
 * @param user as typed on the first screen
 * @param state what the provider wants to be told
 * @param screen the one that was shown
 * @param idle the idle limit that was chosen, as it came
 * @param screens how many further screens there were, this one included
 * @param until when it is over
 */
public record PendingSignIn(
    String user, String state, SignInScreen screen, String idle, int screens, Instant until) {}
