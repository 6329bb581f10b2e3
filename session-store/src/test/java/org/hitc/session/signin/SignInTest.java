package org.hitc.session.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.hitc.channel.Refusal;
import org.hitc.channel.SignInScreen;
import org.hitc.session.MutableClock;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.testing.FreshStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Signing in")
@SuppressWarnings("NullAway.Init") // JUnit calls open before each test
class SignInTest {
  private static final String HOME = "192.0.2.1";

  @TempDir Path folder;

  private final MutableClock clock = new MutableClock("2026-03-01T08:00:00Z");

  private Store store;

  @BeforeEach
  void open() {
    store = FreshStore.open(folder.resolve("store.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private SignIn signIn(SignInProvider provider) {
    return new SignIn(provider, new Throttle(clock), store, clock, new SecureRandom());
  }

  private static SignIn.Outcome slow(String user) {
    return new SignIn.Outcome.Refused(
        Optional.of(user), Refusal.SIGN_IN_SLOW, Optional.of(Duration.ofSeconds(1)));
  }

  private PasswordFile users() throws IOException {
    Path file = folder.resolve("users");
    PasswordFile.create(file);
    PasswordFile users = PasswordFile.open(file, new SecureRandom());
    users.add(new NewUser("anna", "Anna", Optional.empty(), Set.of()), "correct horse");
    return users;
  }

  @Test
  void names_the_user_and_the_method_or_the_refusal_and_the_wait() throws IOException {
    PasswordFile users = users();
    SignIn signIn = signIn(users);
    assertThat(signIn.attempt("anna", "correct horse", HOME, "30"))
        .isEqualTo(
            new SignIn.Outcome.Accepted(
                users.find("anna").orElseThrow(), "password", "30", Optional.empty()));
    for (int i = 0; i < Throttle.FREE_FOR_PAIR; i++) {
      assertThat(signIn.attempt("anna", "wrong", HOME, "30"))
          .isEqualTo(
              new SignIn.Outcome.Refused(Optional.of("anna"), Refusal.SIGN_IN, Optional.empty()));
    }
    assertThat(signIn.attempt("anna", "correct horse", HOME, "30")).isEqualTo(slow("anna"));
    clock.advance(Duration.ofSeconds(1));
    assertThat(signIn.attempt("anna", "correct horse", HOME, "30"))
        .isInstanceOf(SignIn.Outcome.Accepted.class);
  }

  @Test
  void slows_down_for_a_user_that_does_not_exist_all_the_same() throws IOException {
    SignIn signIn = signIn(users());
    for (int i = 0; i < Throttle.FREE_FOR_PAIR; i++) {
      signIn.attempt("nobody", "wrong", HOME, "30");
    }
    assertThat(signIn.attempt("nobody", "wrong", HOME, "30")).isEqualTo(slow("nobody"));
  }

  @Test
  void counts_no_try_that_the_provider_could_not_answer() throws IOException {
    PasswordFile users = users();
    SignIn signIn = signIn(users);
    Path file = folder.resolve("users");
    String right = Files.readString(file);
    Files.writeString(file, "broken");
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> signIn.attempt("anna", "correct horse", HOME, "30"))
          .isInstanceOf(SignInException.class);
    }
    Files.writeString(file, right);
    assertThat(signIn.attempt("anna", "correct horse", HOME, "30"))
        .isInstanceOf(SignIn.Outcome.Accepted.class);
  }

  @Nested
  @DisplayName("in several screens")
  class Screens {
    private static final SignInScreen SCREEN = NewPassword.screen(Optional.empty());
    private static final UserEntry ANNA =
        new UserEntry("anna", "Anna", Optional.empty(), Set.of(), true, "s");
    private static final SignInAnswer ACCEPTED = new SignInAnswer.Accepted(ANNA, "two-steps");
    private static final Map<String, List<String>> TYPED =
        Map.of("new", List.of("a"), "again", List.of("b"));

    private final ScriptedProvider provider = new ScriptedProvider();

    private SignInAnswer ask(String state) {
      return new SignInAnswer.Ask(SCREEN, state, false);
    }

    private SignInAnswer wrong(String state) {
      return new SignInAnswer.Ask(SCREEN, state, true);
    }

    private SignIn.Outcome.Ask asked(SignIn.Outcome outcome) {
      assertThat(outcome).isInstanceOf(SignIn.Outcome.Ask.class);
      return (SignIn.Outcome.Ask) outcome;
    }

    private String handle(SignIn.Outcome outcome) {
      return asked(outcome).handle();
    }

    private SignIn.Outcome ended(String... user) {
      return new SignIn.Outcome.Refused(
          Stream.of(user).findFirst(), Refusal.SIGN_IN_ENDED, Optional.empty());
    }

    @Test
    void the_provider_is_told_what_it_said_and_what_was_typed_on_any_node() {
      provider.says(ask("one"), ask("two"), ACCEPTED);
      SignIn.Outcome first = signIn(provider).attempt("anna", "secret", HOME, "120");
      SignIn.Outcome second = signIn(provider).answer(handle(first), TYPED, HOME);
      Map<String, List<String>> odd =
          Map.of(
              "again", List.of("b", "c"), "other", List.of("x"), "new", List.of("y".repeat(9000)));

      assertThat(signIn(provider).answer(handle(second), odd, HOME))
          .isEqualTo(new SignIn.Outcome.Accepted(ANNA, "two-steps", "120", Optional.empty()));

      assertThat(asked(first).screen()).isEqualTo(SCREEN);
      assertThat(provider.asked())
          .containsExactly("anna secret", "anna one {again=b, new=a}", "anna two {again=, new=}");
    }

    @Test
    void each_is_good_for_one_answer_and_for_five_minutes() {
      provider.says(ask("one"), ask("two"), ask("three"));
      SignIn signIn = signIn(provider);
      String first = handle(signIn.attempt("anna", "secret", HOME, ""));
      String second = handle(signIn.answer(first, TYPED, HOME));

      assertThat(second).isNotEqualTo(first).matches("[0-9a-f]{32}");
      assertThat(signIn.answer(first, TYPED, HOME)).isEqualTo(ended());
      assertThat(signIn.answer("0".repeat(32), TYPED, HOME)).isEqualTo(ended());
      clock.advance(PendingSignIns.LIFE.minusSeconds(1));
      String third = handle(signIn.answer(second, TYPED, HOME));
      clock.advance(PendingSignIns.LIFE);
      assertThat(signIn.answer(third, TYPED, HOME)).isEqualTo(ended());
      assertThat(provider.asked()).hasSize(3);
    }

    @Test
    void two_answers_at_once_are_one() throws Exception {
      for (int round = 0; round < 20; round++) {
        provider.says(ask("one"), ACCEPTED);
        SignIn signIn = signIn(provider);
        String handle = handle(signIn.attempt("anna", "secret", HOME, ""));
        List<SignIn.Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
          List<Future<SignIn.Outcome>> both =
              threads.invokeAll(Collections.nCopies(2, () -> signIn.answer(handle, TYPED, HOME)));
          for (Future<SignIn.Outcome> one : both) {
            outcomes.add(one.get());
          }
        }
        assertThat(outcomes).filteredOn(SignIn.Outcome.Accepted.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(SignIn.Outcome.Refused.class::isInstance).hasSize(1);
      }
    }

    @Test
    void the_store_does_not_hold_the_handle_nor_what_was_typed() throws IOException {
      provider.says(ask("one"), ask("two"));
      SignIn signIn = signIn(provider);
      String first = handle(signIn.attempt("anna", "correct horse", HOME, ""));
      String second = handle(signIn.answer(first, Map.of("new", List.of("battery staple")), HOME));
      store.close();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
              .doesNotContain(first, second, "correct horse", "battery staple");
        }
      }
      store = FreshStore.open(folder.resolve("store.db"));
    }

    @Test
    void guesses_are_slowed_down_and_a_right_password_in_between_is_no_way_around() {
      SignIn signIn = signIn(provider);
      for (int i = 0; i < Throttle.FREE_FOR_PAIR; i++) {
        provider.says(ask("code"), wrong("code"));
        String handle = handle(signIn.attempt("anna", "secret", HOME, ""));
        assertThat(asked(signIn.answer(handle, TYPED, HOME)).wrong()).isTrue();
      }
      assertThat(signIn.attempt("anna", "secret", HOME, "")).isEqualTo(slow("anna"));
    }

    @Test
    void codes_are_slowed_down_for_the_user_from_whatever_source_they_come() {
      SignIn signIn = signIn(provider);
      for (int i = 0; i < Throttle.FREE_ANSWERS; i++) {
        provider.says(ask("code"), i % 2 == 0 ? wrong("code") : new SignInAnswer.Denied());
        String source = "198.51.100." + i;
        signIn.answer(handle(signIn.attempt("anna", "secret", source, "")), TYPED, source);
      }
      provider.says(ask("code"));
      String handle = handle(signIn.attempt("anna", "secret", HOME, ""));
      SignIn.Outcome.Ask slow = asked(signIn.answer(handle, TYPED, HOME));
      assertThat(slow.unread()).hasValue(Refusal.SIGN_IN_SLOW);
      clock.advance(Duration.ofMinutes(1));
      provider.says(ACCEPTED);
      assertThat(signIn.answer(slow.handle(), TYPED, HOME))
          .isInstanceOf(SignIn.Outcome.Accepted.class);
      provider.says(ask("code"), wrong("code"));
      String again = handle(signIn.attempt("anna", "secret", HOME, ""));
      assertThat(asked(signIn.answer(again, TYPED, HOME)).unread()).isEmpty();
    }

    @Test
    void while_an_answer_has_to_wait_its_screen_stays_good() {
      SignIn signIn = signIn(provider);
      provider.says(ask("code"));
      String handle = handle(signIn.attempt("anna", "secret", HOME, ""));
      for (int i = 0; i < Throttle.FREE_FOR_PAIR; i++) {
        provider.says(new SignInAnswer.Denied());
        signIn.attempt("anna", "wrong", HOME, "");
      }
      SignIn.Outcome.Ask slow = asked(signIn.answer(handle, TYPED, HOME));
      assertThat(slow.unread()).hasValue(Refusal.SIGN_IN_SLOW);
      assertThat(slow.handle()).isEqualTo(handle);
      clock.advance(Duration.ofSeconds(1));
      provider.says(new SignInAnswer.Busy(), ACCEPTED);
      SignIn.Outcome.Ask busy = asked(signIn.answer(handle, TYPED, HOME));
      assertThat(busy.unread()).hasValue(Refusal.BUSY);
      assertThat(signIn.answer(busy.handle(), TYPED, HOME))
          .isInstanceOf(SignIn.Outcome.Accepted.class);
    }

    @Test
    void one_that_another_version_left_begins_anew() {
      SignIn signIn = signIn(provider);
      provider.says(ask("one"));
      String handle = handle(signIn.attempt("anna", "secret", HOME, ""));
      Entry left = store.list(Kind.SIGN_IN, "anna", 9).getFirst();
      assertThat(store.write(Change.replace(left, left.expires(), new byte[] {1, 2, 3}))).isTrue();
      assertThat(signIn.answer(handle, TYPED, HOME)).isEqualTo(ended());
    }

    @Test
    void there_is_an_end_to_them() {
      SignIn signIn = signIn(provider);
      provider.says(ask("0"));
      SignIn.Outcome last = signIn.attempt("anna", "secret", HOME, "");
      for (int i = 1; i < PendingSignIns.MAX_SCREENS; i++) {
        provider.says(ask(Integer.toString(i)));
        last = signIn.answer(handle(last), TYPED, HOME);
      }
      provider.says(ask("one too many"));
      assertThat(signIn.answer(handle(last), TYPED, HOME)).isEqualTo(ended("anna"));
    }

    @Test
    void whoever_begins_very_often_has_only_the_newest() {
      SignIn signIn = signIn(provider);
      List<String> handles = new ArrayList<>();
      for (int i = 0; i < 3 * PendingSignIns.MAX_PER_USER; i++) {
        provider.says(ask("one"));
        handles.add(handle(signIn.attempt("anna", "secret", HOME, "")));
        clock.advance(Duration.ofMillis(1));
      }
      assertThat(store.list(Kind.SIGN_IN, "anna", 100)).hasSize(PendingSignIns.MAX_PER_USER);
      assertThat(signIn.answer(handles.getFirst(), TYPED, HOME)).isEqualTo(ended());
      provider.says(ACCEPTED);
      assertThat(signIn.answer(handles.getLast(), TYPED, HOME))
          .isInstanceOf(SignIn.Outcome.Accepted.class);
    }

    @Test
    void a_provider_that_cannot_tell_ends_it_and_counts_nothing() {
      SignIn signIn = signIn(provider);
      for (int i = 0; i < 10; i++) {
        provider.says(ask("one"));
        String handle = handle(signIn.attempt("anna", "secret", HOME, ""));
        assertThatThrownBy(() -> signIn.answer(handle, TYPED, HOME))
            .isInstanceOf(SignInException.class);
        assertThat(signIn.answer(handle, TYPED, HOME)).isEqualTo(ended());
      }
    }
  }
}
