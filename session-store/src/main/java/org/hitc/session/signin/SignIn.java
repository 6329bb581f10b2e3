package org.hitc.session.signin;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.SignInScreen;
import org.hitc.session.store.Store;

/**
 * Signing in as the listener offers it: the brake first, then the provider, and as many further
 * screens as the provider asks for. What happens between two screens lies in the store, good for
 * one answer.
 */
public final class SignIn {
  private final SignInProvider provider;
  private final Throttle throttle;
  private final PendingSignIns pendings;

  public SignIn(
      SignInProvider provider,
      Throttle throttle,
      Store store,
      InstantSource clock,
      SecureRandom random) {
    this.provider = provider;
    this.throttle = throttle;
    this.pendings = new PendingSignIns(store, clock, random);
  }

  /** How a try ended. */
  public sealed interface Outcome {
    /**
     * It is this user, by this method: begin a session.
     *
     * @param idle the idle limit that was chosen on the first screen, as it came
     * @param grant of a launcher, for the session
     */
    record Accepted(UserEntry user, String method, String idle, Optional<String> grant)
        implements Outcome {
      /** Without the grant. */
      @Override
      public String toString() {
        return "Accepted[" + user + ", " + method + "]";
      }
    }

    /**
     * Not yet known: show this screen.
     *
     * @param user as typed on the first screen
     * @param handle for the browser alone
     * @param wrong true when what was just typed was a wrong guess
     * @param unread why what was just typed was not even looked at: {@link Refusal#SIGN_IN_SLOW},
     *     {@link Refusal#BUSY}
     */
    record Ask(
        String user, String handle, SignInScreen screen, boolean wrong, Optional<Refusal> unread)
        implements Outcome {
      /** Without the handle. */
      @Override
      public String toString() {
        return "Ask[" + user + ", " + screen + "]";
      }
    }

    /**
     * It is nobody.
     *
     * @param user as typed on the first screen; nothing when nobody knows any more
     * @param why {@link Refusal#SIGN_IN}, {@link Refusal#SIGN_IN_SLOW}, {@link Refusal#BUSY} or
     *     {@link Refusal#SIGN_IN_ENDED}
     * @param delay with {@code SIGN_IN_SLOW}: how long to wait before the next try is looked at
     */
    record Refused(Optional<String> user, Refusal why, Optional<Duration> delay)
        implements Outcome {}
  }

  /**
   * The first screen was sent.
   *
   * @param source the browser's address as the gateway reports it
   * @param idle the idle limit that was chosen, given back with {@link Outcome.Accepted}
   * @throws SignInException when the provider cannot tell
   * @throws org.hitc.session.store.StoreException when the store cannot answer
   */
  public Outcome attempt(String user, String password, String source, String idle) {
    boolean familiar = throttle.isFamiliar(user, source);
    Optional<Duration> wait = throttle.admit(user, source);
    if (wait.isPresent()) {
      return new Outcome.Refused(Optional.of(user), Refusal.SIGN_IN_SLOW, wait);
    }
    Try first =
        new Try(
            user,
            idle,
            () -> throttle.succeeded(user, source),
            () -> throttle.withdraw(user, source));
    return switch (ask(first, () -> provider.signIn(user, password, familiar))) {
      case SignInAnswer.Accepted accepted -> accepted(accepted, first);
      case SignInAnswer.Ask next -> next(next, first, 1);
      case SignInAnswer.Denied _ -> refused(user, Refusal.SIGN_IN);
      case SignInAnswer.Busy _ -> {
        first.withdraw().run();
        yield refused(user, Refusal.BUSY);
      }
    };
  }

  /**
   * A further screen was sent.
   *
   * @param handle as it came from the browser
   * @param values what was typed, by field; what the screen did not ask for is not looked at
   * @param source the browser's address as the gateway reports it
   * @throws SignInException when the provider cannot tell; this sign-in is then over
   * @throws org.hitc.session.store.StoreException when the store cannot answer
   */
  public Outcome answer(String handle, Map<String, List<String>> values, String source) {
    Optional<PendingSignIns.Found> found = pendings.find(handle);
    if (found.isEmpty()) {
      return new Outcome.Refused(Optional.empty(), Refusal.SIGN_IN_ENDED, Optional.empty());
    }
    PendingSignIn pending = found.get().pending();
    String user = pending.user();
    if (throttle.admitAnswer(user, source).isPresent()) {
      return new Outcome.Ask(
          user, handle, pending.screen(), false, Optional.of(Refusal.SIGN_IN_SLOW));
    }
    Try further =
        new Try(
            user,
            pending.idle(),
            () -> throttle.succeededByAnswer(user, source),
            () -> throttle.withdrawAnswer(user, source));
    if (!pendings.take(found.get())) {
      further.withdraw().run();
      return refused(user, Refusal.SIGN_IN_ENDED);
    }
    Map<String, String> answers = answers(pending.screen(), values);
    return switch (ask(further, () -> provider.answer(user, pending.state(), answers))) {
      case SignInAnswer.Accepted accepted -> accepted(accepted, further);
      case SignInAnswer.Ask next -> next(next, further, pending.screens() + 1);
      case SignInAnswer.Denied _ -> refused(user, Refusal.SIGN_IN);
      case SignInAnswer.Busy _ -> {
        further.withdraw().run();
        String again =
            pendings.keep(
                user, pending.state(), pending.screen(), pending.idle(), pending.screens());
        yield new Outcome.Ask(user, again, pending.screen(), false, Optional.of(Refusal.BUSY));
      }
    };
  }

  /**
   * What was admitted, and counts as wrong until one of these says otherwise.
   *
   * @param idle the idle limit that was chosen, as it came
   * @param succeeded somebody is signed in by it
   * @param withdraw it was not looked at after all, or said nothing wrong
   */
  private record Try(String user, String idle, Runnable succeeded, Runnable withdraw) {}

  private interface Question {
    SignInAnswer ask();
  }

  /** A provider that cannot tell has not been tried. */
  private static SignInAnswer ask(Try admitted, Question question) {
    try {
      return question.ask();
    } catch (SignInException e) {
      admitted.withdraw().run();
      throw e;
    }
  }

  private static Outcome accepted(SignInAnswer.Accepted accepted, Try by) {
    by.succeeded().run();
    return new Outcome.Accepted(accepted.user(), accepted.method(), by.idle(), accepted.grant());
  }

  /**
   * What was right, with more to come, takes back only itself: it must not clear what wrong codes
   * have counted, or whoever knows the password could guess codes without end.
   */
  private Outcome next(SignInAnswer.Ask next, Try by, int screens) {
    if (!next.wrong()) {
      by.withdraw().run();
    }
    if (screens > PendingSignIns.MAX_SCREENS) {
      return refused(by.user(), Refusal.SIGN_IN_ENDED);
    }
    String handle = pendings.keep(by.user(), next.state(), next.screen(), by.idle(), screens);
    return new Outcome.Ask(by.user(), handle, next.screen(), next.wrong(), Optional.empty());
  }

  private static Outcome refused(String user, Refusal why) {
    return new Outcome.Refused(Optional.of(user), why, Optional.empty());
  }

  /** One text for each field: what is missing, doubled or too long counts as nothing typed. */
  private static Map<String, String> answers(
      SignInScreen screen, Map<String, List<String>> values) {
    Map<String, String> answers = new HashMap<>();
    for (SignInScreen.Field field : screen.fields()) {
      List<String> typed = values.getOrDefault(field.name(), List.of());
      boolean one = typed.size() == 1 && typed.getFirst().length() <= SignInScreen.MAX_ANSWER * 2;
      answers.put(field.name(), one ? typed.getFirst() : "");
    }
    return answers;
  }
}
