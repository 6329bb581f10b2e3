package org.hitc.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.session.sign.SigningKey;
import org.hitc.session.sign.TokenSigner;
import org.hitc.session.signin.NewUser;
import org.hitc.session.signin.PasswordFile;
import org.hitc.session.signin.SignInAnswer;
import org.hitc.session.signin.SignInException;
import org.hitc.session.signin.SignInProvider;
import org.hitc.session.signin.UserEntry;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.StoreException;
import org.hitc.session.store.testing.FreshStore;
import org.hitc.session.token.CachedVerifier;
import org.hitc.session.token.Claims;
import org.hitc.session.token.PublicKeys;
import org.hitc.session.token.TokenVerifier;
import org.hitc.session.token.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A session")
@SuppressWarnings("NullAway.Init") // JUnit calls begin before each test
class SessionsTest {
  private static final SessionLimits LIMITS = SessionLimits.DEFAULT;
  private static final Check REVOKED = new Check.Refused(Refusal.SESS_REVOKED, Optional.empty());
  private static final String GRANT = "a-grant-that-nobody-else-sees";

  @TempDir Path folder;

  private final SecureRandom random = new SecureRandom();
  private final MutableClock clock = new MutableClock("2026-03-01T08:00:00Z");
  private final SigningKey key = SigningKey.create(random);

  private PasswordFile users;
  private Store store;
  private Sessions sessions;

  @BeforeEach
  void begin() throws IOException {
    PasswordFile.create(usersFile());
    users = PasswordFile.open(usersFile(), random);
    for (String name : List.of("anna", "ben")) {
      users.add(new NewUser(name, name, Optional.empty(), Set.of("audit")), "secret");
    }
    store = FreshStore.open(folder.resolve("store.db"));
    sessions = node();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Path usersFile() {
    return folder.resolve("users");
  }

  /** One more listener on the same store, with a memory of its own. */
  private Sessions node() {
    return new Sessions(
        store, users, new TokenSigner("test", key), verifier(), LIMITS, clock, random);
  }

  private CachedVerifier verifier() {
    return new CachedVerifier(
        new TokenVerifier("test", PublicKeys.of(List.of(key.publicKey())), clock), 100);
  }

  private static Check.Refused assertExpires(Check check) {
    assertThat(check).isInstanceOf(Check.Refused.class);
    Check.Refused refused = (Check.Refused) check;
    assertThat(refused.why()).isEqualTo(Refusal.SESS_EXPIRED);
    return refused;
  }

  /** The check ended the session before its time, and says so. */
  private static void assertEnds(SignedIn session, Check check) {
    assertThat(check)
        .isInstanceOfSatisfying(
            Check.Refused.class,
            refused -> {
              assertThat(refused.why()).isEqualTo(Refusal.SESS_REVOKED);
              assertThat(refused.ended().map(Session::id)).contains(session.session().id());
            });
  }

  private SignedIn signIn(String user) {
    return signIn(user, Optional.empty());
  }

  private SignedIn signIn(String user, Optional<Duration> idle) {
    return sessions.signIn(
        users.find(user).orElseThrow(), "password", idle, "192.0.2.7", Optional.of(GRANT));
  }

  private Optional<String> language(Sessions at, SignedIn session) {
    return at.check(session.token(), Activity.BY_USER) instanceof Check.Authorised as
        ? as.user().language()
        : Optional.of("refused");
  }

  @Test
  void remembers_the_language_that_a_user_chose_on_every_node_and_beyond_the_session() {
    SignedIn anna = signIn("anna");
    SignedIn ben = signIn("ben");
    assertThat(language(sessions, anna)).isEmpty();
    sessions.speak("anna", "fr");
    assertThat(language(sessions, anna)).contains("fr");
    sessions.speak("anna", "ja");
    assertThat(language(node(), anna)).contains("ja");
    assertThat(language(sessions, ben)).isEmpty();
    sessions.signOut(anna.token());
    assertThat(language(sessions, signIn("anna"))).contains("ja");
  }

  /** For whom something typed may be kept that comes with this token. */
  private Optional<String> keeper(String token) {
    return sessions.lapsed(token).filter(Lapsed::keeps).map(lapsed -> lapsed.user().name());
  }

  private static Check refused(Refusal why) {
    return new Check.Refused(why, Optional.empty());
  }

  private Check check(String token) {
    return sessions.check(token, Activity.BY_USER);
  }

  private Check.Authorised authorised(String token) {
    Check check = check(token);
    assertThat(check).isInstanceOf(Check.Authorised.class);
    return (Check.Authorised) check;
  }

  private Claims claims(String token) {
    return ((Verdict.Valid) verifier().verify(token)).claims();
  }

  private Entry row(SignedIn signedIn) {
    return store.read(new Key(Kind.SESSION, signedIn.session().id())).orElseThrow();
  }

  /** Uses a session until the time is over, as somebody who reads and clicks does. */
  private String use(String token, Duration time, Duration every) {
    String newest = token;
    for (Duration t = Duration.ZERO; t.compareTo(time) < 0; t = t.plus(every)) {
      clock.advance(every);
      newest = authorised(newest).freshToken().orElse(newest);
    }
    return newest;
  }

  @Nested
  @DisplayName("begins")
  class Beginning {
    @Test
    void with_the_user_as_the_provider_knows_them() {
      SignedIn anna = signIn("anna");
      Check.Authorised check = authorised(anna.token());
      assertThat(check.user()).isEqualTo(users.find("anna").orElseThrow());
      assertThat(check.session()).isEqualTo(anna.session());
      assertThat(check.freshToken()).isEmpty();
      assertThat(anna.session().absoluteEnd())
          .isEqualTo(clock.instant().plus(Duration.ofHours(10)));
    }

    @Test
    void with_a_fresh_id_each_time() {
      assertThat(signIn("anna").session().id()).isNotEqualTo(signIn("anna").session().id());
    }

    @Test
    void without_roles_in_its_token() {
      Claims claims = claims(signIn("anna").token());
      assertThat(claims.toString()).doesNotContain("audit");
      assertThat(claims.subject()).isEqualTo("anna");
    }

    @Test
    void and_never_shows_its_token_by_accident() {
      SignedIn anna = signIn("anna");
      clock.advance(LIMITS.renewAfter());
      Check.Authorised renewed = authorised(anna.token());
      assertThat(anna.toString()).doesNotContain("v4.public");
      assertThat(renewed.freshToken()).isPresent();
      assertThat(renewed.toString()).doesNotContain("v4.public");
    }

    @Test
    void and_ends_the_users_oldest_when_there_are_too_many() {
      List<SignedIn> all = new ArrayList<>();
      for (int i = 0; i <= LIMITS.perUser(); i++) {
        all.add(signIn("anna"));
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(all.subList(0, LIMITS.perUser())).allMatch(one -> one.pushedOut().isEmpty());
      assertThat(all.getLast().pushedOut())
          .extracting(Session::id)
          .containsExactly(all.getFirst().session().id());
      SignedIn ben = signIn("ben");
      assertThat(check(all.getFirst().token())).isEqualTo(REVOKED);
      for (SignedIn one : all.subList(1, all.size())) {
        authorised(one.token());
      }
      authorised(ben.token());
    }
  }

  @Nested
  @DisplayName("ends when nobody is there")
  class Idle {
    @Test
    void never_before_the_limit_and_at_most_a_step_after_it() {
      SignedIn anna = signIn("anna");
      clock.advance(LIMITS.activityStep().minusSeconds(1));
      authorised(anna.token());
      clock.advance(LIMITS.idle().minusSeconds(1));
      String token = authorised(anna.token()).freshToken().orElseThrow();
      clock.advance(LIMITS.idle().plus(LIMITS.activityStep()));
      assertExpires(check(token));
      clock.advance(Duration.ofDays(-1));
      assertThat(check(token)).as("the clock was put back").isInstanceOf(Check.Refused.class);
    }

    @Test
    void after_the_time_the_user_chose_within_bounds() {
      for (Duration wish : List.of(Duration.ofHours(5), Duration.ofHours(50))) {
        SignedIn anna = signIn("anna", Optional.of(wish));
        assertThat(anna.session().idle()).isEqualTo(Duration.ofHours(5));
        clock.advance(Duration.ofHours(5).minusSeconds(1));
        authorised(anna.token());
      }
      assertThat(signIn("anna", Optional.of(Duration.ZERO)).session().idle())
          .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void even_if_its_page_keeps_asking() {
      SignedIn anna = signIn("anna");
      String token = anna.token();
      Instant end = clock.instant().plus(LIMITS.idle()).plus(LIMITS.activityStep());
      while (clock.instant().plusSeconds(20).isBefore(end)) {
        clock.advance(Duration.ofSeconds(20));
        Check check = sessions.check(token, Activity.AUTOMATIC);
        assertThat(check).isInstanceOf(Check.Authorised.class);
        token = ((Check.Authorised) check).freshToken().orElse(token);
      }
      clock.advance(Duration.ofSeconds(20));
      Check.Refused expired = assertExpires(sessions.check(token, Activity.AUTOMATIC));
      assertThat(expired.ended().flatMap(Session::grant)).as("to be revoked").contains(GRANT);
    }

    @Test
    void and_lives_on_for_whom_it_is_used() {
      use(signIn("anna").token(), Duration.ofHours(9), Duration.ofMinutes(29));
    }
  }

  @Nested
  @DisplayName("ends absolutely")
  class Absolute {
    @Test
    void after_ten_hours_of_work() {
      String token = use(signIn("anna").token(), Duration.ofMinutes(599), Duration.ofMinutes(1));
      clock.advance(Duration.ofSeconds(59));
      authorised(token);
      clock.advance(Duration.ofSeconds(1));
      assertExpires(check(token));
    }

    @Test
    void and_no_token_says_otherwise() {
      SignedIn anna = signIn("anna", Optional.of(Duration.ofHours(5)));
      String token = use(anna.token(), Duration.ofHours(9), Duration.ofHours(3));
      assertThat(claims(token).expiresAt()).isEqualTo(anna.session().absoluteEnd());
    }
  }

  @Nested
  @DisplayName("renews its token")
  class Renewal {
    @Test
    void when_it_is_time_and_not_before() {
      SignedIn anna = signIn("anna");
      clock.advance(LIMITS.renewAfter().minusSeconds(1));
      assertThat(authorised(anna.token()).freshToken()).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      String fresh = authorised(anna.token()).freshToken().orElseThrow();
      assertThat(claims(fresh).sequence()).isEqualTo(1);
      assertThat(claims(fresh).sessionId()).isEqualTo(anna.session().id());
      assertThat(authorised(fresh).freshToken()).isEmpty();
    }

    @Test
    void to_the_same_number_for_two_tabs_at_once() throws Exception {
      SignedIn anna = signIn("anna");
      clock.advance(LIMITS.renewAfter());
      List<Future<Check>> all = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 20; i++) {
          Sessions node = i % 2 == 0 ? sessions : node();
          all.add(threads.submit(() -> node.check(anna.token(), Activity.BY_USER)));
        }
      }
      for (Future<Check> one : all) {
        Check.Authorised check = (Check.Authorised) one.get();
        assertThat(claims(check.freshToken().orElseThrow()).sequence()).isEqualTo(1);
      }
    }

    @Test
    void and_a_reply_that_was_lost_costs_nothing() {
      SignedIn anna = signIn("anna");
      clock.advance(LIMITS.renewAfter());
      assertThat(authorised(anna.token()).freshToken()).isPresent();
      clock.advance(Duration.ofMinutes(20));
      String fresh = authorised(anna.token()).freshToken().orElseThrow();
      authorised(fresh);
    }

    @Test
    void and_the_old_one_counts_through_the_grace_after_the_new_one_is_used() {
      SignedIn anna = signIn("anna");
      clock.advance(LIMITS.renewAfter());
      String fresh = authorised(anna.token()).freshToken().orElseThrow();
      authorised(fresh);
      clock.advance(LIMITS.grace());
      assertThat(claims(authorised(anna.token()).freshToken().orElseThrow()).sequence())
          .isEqualTo(1);
      authorised(fresh);
    }
  }

  @Nested
  @DisplayName("ends as stolen when a replaced token comes back")
  class Theft {
    @Test
    void after_the_grace_and_takes_the_new_token_with_it() {
      SignedIn anna = signIn("anna");
      clock.advance(LIMITS.renewAfter());
      String fresh = authorised(anna.token()).freshToken().orElseThrow();
      authorised(fresh);
      clock.advance(LIMITS.grace().plusSeconds(1));
      assertThat(check(anna.token()))
          .isInstanceOfSatisfying(
              Check.Stolen.class,
              stolen -> assertThat(stolen.session().id()).isEqualTo(anna.session().id()));
      assertThat(check(fresh)).isEqualTo(REVOKED);
      assertThat(check(anna.token())).isEqualTo(REVOKED);
    }

    @Test
    void of_any_earlier_generation_even_within_a_grace() {
      SignedIn anna = signIn("anna");
      String newest = use(anna.token(), LIMITS.renewAfter().multipliedBy(4), LIMITS.renewAfter());
      authorised(newest);
      assertThat(claims(newest).sequence()).isGreaterThan(2);
      assertThat(check(anna.token())).isInstanceOf(Check.Stolen.class);
      assertThat(check(newest)).isEqualTo(REVOKED);
    }

    @Test
    void and_leaves_the_users_other_sessions_alone() {
      SignedIn anna = signIn("anna");
      SignedIn other = signIn("anna");
      String newest = use(anna.token(), LIMITS.renewAfter().multipliedBy(3), LIMITS.renewAfter());
      authorised(newest);
      assertThat(check(anna.token())).isInstanceOf(Check.Stolen.class);
      authorised(other.token());
    }
  }

  @Nested
  @DisplayName("ends at once on every node")
  class Ended {
    @Test
    void by_signing_out() {
      SignedIn anna = signIn("anna");
      Sessions elsewhere = node();
      assertThat(elsewhere.check(anna.token(), Activity.BY_USER))
          .isInstanceOf(Check.Authorised.class);
      assertThat(sessions.signOut(anna.token())).hasValue(anna.session());
      assertThat(check(anna.token())).isEqualTo(REVOKED);
      assertThat(elsewhere.check(anna.token(), Activity.BY_USER)).isEqualTo(REVOKED);
      assertThat(sessions.signOut(anna.token())).isEmpty();
      assertThat(sessions.signOut("junk")).isEmpty();
    }

    @Test
    void by_ending_all_of_a_user() {
      SignedIn anna = signIn("anna");
      SignedIn ben = signIn("ben");
      sessions.registry().endAllOf("anna", List.of());
      assertThat(node().check(anna.token(), Activity.BY_USER)).isEqualTo(REVOKED);
      authorised(ben.token());
      SignedIn again = signIn("anna");
      authorised(again.token());
      sessions.registry().endAllOf("anna", List.of());
      assertThat(check(again.token())).isEqualTo(REVOKED);
    }

    @Test
    void by_ending_everybodys() {
      SignedIn anna = signIn("anna");
      SignedIn ben = signIn("ben");
      sessions.registry().endAllOf("anna", List.of());
      sessions.registry().endAll(List.of());
      assertThat(check(anna.token())).isEqualTo(REVOKED);
      assertThat(node().check(ben.token(), Activity.BY_USER)).isEqualTo(REVOKED);
      authorised(signIn("ben").token());
    }

    @Test
    void by_disabling_or_removing_the_user_or_changing_the_password() throws IOException {
      String text = Files.readString(usersFile());
      for (String changed :
          List.of(
              text.replace("anna:", "anna:!"),
              text.replace("anna:", "annette:"),
              text.replaceAll("anna:[^:]*", "anna:" + otherHash()))) {
        Files.writeString(usersFile(), text);
        SignedIn anna = signIn("anna");
        SignedIn ben = signIn("ben");
        authorised(anna.token());
        Files.writeString(usersFile(), changed);
        assertEnds(anna, check(anna.token()));
        Files.writeString(usersFile(), text);
        assertThat(check(anna.token())).as("it does not come back").isEqualTo(REVOKED);
        authorised(ben.token());
      }
    }

    private String otherHash() {
      return "\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$c29tZXNhbHQ\\$"
          + "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    }

    @Test
    void but_not_because_a_role_changed_which_counts_at_the_next_request() throws IOException {
      SignedIn anna = signIn("anna");
      Files.writeString(usersFile(), Files.readString(usersFile()).replace(":audit:", "::"));
      assertThat(authorised(anna.token()).user().roles()).isEmpty();
    }
  }

  @Nested
  @DisplayName("is refused when somebody cannot answer, and lives on")
  class FailingClosed {
    @Test
    void the_store() {
      SignedIn anna = signIn("anna");
      authorised(anna.token());
      store.close();
      assertThatThrownBy(() -> check(anna.token())).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> signIn("anna")).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> sessions.signOut(anna.token())).isInstanceOf(StoreException.class);
      store = FreshStore.open(folder.resolve("store.db"));
      sessions = node();
      authorised(anna.token());
    }

    @Test
    void the_provider() throws IOException {
      SignedIn anna = signIn("anna");
      String right = Files.readString(usersFile());
      Files.writeString(usersFile(), "broken");
      assertThatThrownBy(() -> check(anna.token())).isInstanceOf(SignInException.class);
      Files.writeString(usersFile(), right);
      authorised(anna.token());
    }
  }

  @Nested
  @DisplayName("believes a signature only as far as its row")
  class Rows {
    @Test
    void a_token_of_another_key_or_of_no_session_is_refused_by_name() {
      assertThat(check("")).isEqualTo(refused(Refusal.SESS_NONE));
      assertThat(check("junk")).isEqualTo(refused(Refusal.SESS_FORMAT));
      SignedIn anna = signIn("anna");
      SigningKey foreign = SigningKey.create(random);
      Claims claims = claims(anna.token());
      assertThat(check(new TokenSigner("test", foreign).sign(claims)))
          .isEqualTo(refused(Refusal.SESS_KEY));
      Claims unknown = with(claims, "f".repeat(32), "anna", 0);
      assertThat(check(new TokenSigner("test", key).sign(unknown))).isEqualTo(REVOKED);
    }

    @Test
    void a_signed_token_that_the_row_contradicts_is_refused() {
      SignedIn anna = signIn("anna");
      Claims claims = claims(anna.token());
      TokenSigner signer = new TokenSigner("test", key);
      String id = claims.sessionId();
      assertThat(check(signer.sign(with(claims, id, "ben", 0)))).isEqualTo(REVOKED);
      assertThat(check(signer.sign(with(claims, id, "anna", 7)))).isEqualTo(REVOKED);
      authorised(anna.token());
    }

    private Claims with(Claims claims, String id, String user, long sequence) {
      return new Claims(
          "test",
          id,
          user,
          claims.authenticatedAt(),
          claims.method(),
          claims.issuedAt(),
          claims.expiresAt(),
          claims.absoluteEnd(),
          sequence,
          claims.epoch());
    }

    @Test
    void is_written_at_most_once_a_step_however_often_it_is_checked() {
      SignedIn anna = signIn("anna");
      for (int i = 0; i < 600; i++) {
        clock.advance(Duration.ofMillis(100));
        authorised(anna.token());
      }
      assertThat(row(anna).version()).isEqualTo(1 + 2);
    }

    @Test
    void is_small_and_removed_some_time_after_its_end() {
      SignedIn anna = signIn("anna");
      assertThat(row(anna).body().length).isLessThan(256);
      Instant end = anna.session().idleEnd().plus(LIMITS.activityStep());
      Instant removed = end.plus(SessionRegistry.REMEMBERED);
      assertThat(store.removeExpired(removed.minusMillis(1), 10)).isZero();
      assertThat(store.removeExpired(removed, 10)).isEqualTo(1);
    }
  }

  @Nested
  @DisplayName("has a last holder")
  class LastHolder {
    private void assertAuthorisesNothing(String token) {
      assertThat(check(token)).isInstanceOf(Check.Refused.class);
    }

    @Test
    void for_an_hour_after_it_has_expired() {
      SignedIn anna = signIn("anna");
      assertThat(sessions.lapsed(anna.token())).isEmpty();
      clock.advance(LIMITS.idle().plus(LIMITS.activityStep()));
      assertThat(keeper(anna.token())).contains("anna");
      clock.advance(SessionRegistry.REMEMBERED.minusSeconds(1));
      assertThat(keeper(anna.token())).contains("anna");
      assertAuthorisesNothing(anna.token());
      clock.advance(LIMITS.activityStep().plusSeconds(1));
      assertThat(keeper(anna.token())).isEmpty();
    }

    @Test
    void but_not_when_it_did_not_end_by_its_time() {
      SignedIn out = signIn("anna");
      sessions.signOut(out.token());
      assertThat(keeper(out.token())).isEmpty();
      for (Ending why : Ending.values()) {
        SignedIn anna = signIn("anna");
        end(anna, why);
        assertThat(keeper(anna.token()).isPresent())
            .as("%s", why)
            .isEqualTo(why == Ending.IDLE || why == Ending.ABSOLUTE);
        assertAuthorisesNothing(anna.token());
      }
    }

    @Test
    void but_not_when_somebody_else_ended_the_sessions() {
      SignedIn anna = signIn("anna");
      SignedIn ben = signIn("ben");
      sessions.registry().endAllOf("anna", List.of());
      assertThat(keeper(anna.token())).isEmpty();
      authorised(ben.token());
      sessions.registry().endAll(List.of());
      assertThat(keeper(ben.token())).isEmpty();
    }

    @Test
    void but_not_when_the_user_is_disabled() throws IOException {
      SignedIn anna = signIn("anna");
      Files.writeString(usersFile(), Files.readString(usersFile()).replace("anna:", "anna:!"));
      assertThat(keeper(anna.token())).isEmpty();
      assertAuthorisesNothing(anna.token());
    }

    @Test
    void but_not_of_what_nobody_here_has_signed() {
      String token = signIn("anna").token();
      for (int i = 0; i < token.length(); i += 7) {
        char other = token.charAt(i) == 'A' ? 'B' : 'A';
        assertThat(keeper(token.substring(0, i) + other + token.substring(i + 1))).isEmpty();
      }
      assertThat(keeper("")).isEmpty();
    }

    @Test
    void who_is_told_why_it_ended_and_when() {
      Instant begin = clock.instant();
      SignedIn idle = signIn("anna");
      SignedIn out = signIn("anna");
      SignedIn elsewhere = signIn("anna");
      sessions.signOut(out.token());
      end(elsewhere, Ending.OTHER_SESSION);
      assertThat(why(out)).isEqualTo(Ending.SIGNED_OUT);
      assertThat(why(elsewhere)).isEqualTo(Ending.OTHER_SESSION);
      clock.advance(Duration.ofMinutes(40));
      assertThat(why(idle)).isEqualTo(Ending.IDLE);
      assertThat(lapsed(idle).at()).contains(begin.plus(LIMITS.idle()));
      assertExpires(check(idle.token()));
      assertThat(lapsed(idle).at()).contains(begin.plus(LIMITS.idle()));
      assertThat(lapsed(out).at()).contains(begin);
    }

    @Test
    void who_is_told_of_an_administrator_the_absolute_limit_a_theft_and_a_new_password()
        throws IOException {
      SignedIn ben = signIn("ben");
      clock.advance(Duration.ofSeconds(1));
      Instant ended = clock.instant();
      sessions.registry().endAllOf("ben", List.of());
      assertThat(why(ben)).isEqualTo(Ending.ADMINISTRATOR);
      assertThat(lapsed(ben).at()).contains(ended);
      assertThat(lapsed(ben).keeps()).isFalse();

      SignedIn one = signIn("ben");
      end(one, Ending.ADMINISTRATOR);
      assertThat(why(one)).isEqualTo(Ending.ADMINISTRATOR);
      assertThat(lapsed(one).keeps()).isFalse();

      String worked =
          use(signIn("anna").token(), Duration.ofHours(10).minusMinutes(5), LIMITS.renewAfter());
      clock.advance(Duration.ofMinutes(5));
      assertThat(sessions.lapsed(worked).orElseThrow().why()).isEqualTo(Ending.ABSOLUTE);

      SignedIn first = signIn("anna");
      clock.advance(LIMITS.renewAfter());
      String second = authorised(first.token()).freshToken().orElseThrow();
      authorised(second);
      clock.advance(LIMITS.grace().plusSeconds(1));
      assertThat(check(first.token())).isInstanceOf(Check.Stolen.class);
      assertThat(sessions.lapsed(second).orElseThrow().why()).isEqualTo(Ending.STOLEN);

      SignedIn before = signIn("anna");
      String line = Files.readString(usersFile());
      Files.writeString(usersFile(), line.replaceAll("(?m)^anna:.*\n?", ""));
      users.add(new NewUser("anna", "anna", Optional.empty(), Set.of()), "another secret");
      assertEnds(before, check(before.token()));
      assertThat(why(before)).isEqualTo(Ending.CREDENTIALS);
    }

    @Test
    void for_whom_it_remembers_the_pages_on_which_something_is_kept_and_no_more_than_a_few() {
      SignedIn anna = signIn("anna");
      clock.advance(Duration.ofMinutes(40));
      for (int i = 0; i < SessionRow.MAX_KEPT; i++) {
        assertThat(lapsed(anna).keeps()).isTrue();
        assertThat(sessions.keep(lapsed(anna), page(i))).isTrue();
        assertThat(sessions.keep(lapsed(anna), page(i))).as("once more").isTrue();
      }
      assertThat(sessions.keep(lapsed(anna), page(99))).isFalse();
      assertThat(lapsed(anna).keeps()).isFalse();
      assertThat(lapsed(anna).kept()).hasSize(SessionRow.MAX_KEPT).doesNotHaveDuplicates();
      assertThat(lapsed(anna).kept().getFirst()).isEqualTo(page(SessionRow.MAX_KEPT - 1));
      sessions.keepNothing(lapsed(anna));
      assertThat(lapsed(anna).kept()).isEmpty();
      assertThat(lapsed(anna).keeps()).isTrue();
    }

    private static PageAddress page(int number) {
      return new PageAddress("mail", "visit", "page" + number);
    }

    private void end(SignedIn session, Ending why) {
      assertThat(sessions.registry().end(session.session().id(), why, List.of())).isPresent();
    }

    private Lapsed lapsed(SignedIn session) {
      return sessions.lapsed(session.token()).orElseThrow();
    }

    private Ending why(SignedIn session) {
      return lapsed(session).why();
    }

    @Test
    void and_asking_for_it_brings_nothing_back() {
      SignedIn anna = signIn("anna");
      clock.advance(Duration.ofHours(1));
      assertExpires(check(anna.token()));
      assertThat(keeper(anna.token())).contains("anna");
      assertThat(check(anna.token())).isInstanceOf(Check.Refused.class);
    }
  }

  @Test
  @DisplayName("has limits that do not contradict each other")
  void limits() {
    Duration second = Duration.ofSeconds(1);
    Duration hour = Duration.ofHours(1);
    assertThatThrownBy(() -> new SessionLimits(hour, second, second, hour, hour, second, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new SessionLimits(second, Duration.ZERO, hour, hour, hour, Duration.ofMillis(1500), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SessionLimits(second, second, hour, hour, hour, second, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Nested
  @DisplayName("of a user whose provider speaks of users only at a sign-in")
  class Remembering {
    private static final UserEntry CARL =
        new UserEntry("carl", "Carl", Optional.of("de"), Set.of("audit"), true, "program");

    /** Knows nobody but from what it is told. */
    private final SignInProvider forgetful =
        new SignInProvider() {
          @Override
          public SignInAnswer signIn(String user, String password) {
            return new SignInAnswer.Denied();
          }

          @Override
          public SignInAnswer answer(String user, String state, Map<String, String> answers) {
            return new SignInAnswer.Denied();
          }

          @Override
          public boolean forgets() {
            return true;
          }

          @Override
          public Optional<UserEntry> find(String user, Optional<UserEntry> kept) {
            return kept;
          }
        };

    private Sessions node() {
      return new Sessions(
          store, forgetful, new TokenSigner("test", key), verifier(), LIMITS, clock, random);
    }

    @Test
    void keeps_what_was_said_then_on_every_node_until_the_next_time() {
      SignedIn first = node().signIn(CARL, "program", Optional.empty(), "", Optional.empty());
      assertThat(node().check(first.token(), Activity.BY_USER))
          .isInstanceOfSatisfying(
              Check.Authorised.class, check -> assertThat(check.user()).isEqualTo(CARL));
      UserEntry later =
          new UserEntry("carl", "Carla", Optional.empty(), Set.of("b", "a"), true, "program");
      node().signIn(later, "program", Optional.empty(), "", Optional.empty());
      assertThat(node().check(first.token(), Activity.BY_USER))
          .isInstanceOfSatisfying(
              Check.Authorised.class, check -> assertThat(check.user()).isEqualTo(later));
    }

    @Test
    void is_still_known_when_the_longest_session_ends_and_forgotten_after() {
      SignedIn carl = node().signIn(CARL, "program", Optional.empty(), "", Optional.empty());
      store.removeExpired(carl.session().absoluteEnd(), 100);
      assertThat(store.read(new Key(Kind.USER, "carl"))).isPresent();
      store.removeExpired(carl.session().absoluteEnd().plus(Duration.ofHours(2)), 100);
      assertThat(store.read(new Key(Kind.USER, "carl"))).isEmpty();
    }

    @Test
    void ends_when_what_was_kept_is_gone() {
      SignedIn carl = node().signIn(CARL, "program", Optional.empty(), "", Optional.empty());
      store.write(Change.delete(store.read(new Key(Kind.USER, "carl")).orElseThrow()));
      assertEnds(carl, node().check(carl.token(), Activity.BY_USER));
      assertThat(node().check(carl.token(), Activity.BY_USER)).as("told once").isEqualTo(REVOKED);
    }

    @Test
    void ends_when_what_was_kept_is_of_another_version() {
      SignedIn carl = node().signIn(CARL, "program", Optional.empty(), "", Optional.empty());
      Entry kept = store.read(new Key(Kind.USER, "carl")).orElseThrow();
      store.write(Change.replace(kept, kept.expires(), new byte[] {1, 2, 3}));
      assertEnds(carl, node().check(carl.token(), Activity.BY_USER));
    }

    @Test
    void begins_however_many_have_ended_before() {
      Instant now = clock.instant();
      SessionRow row =
          SessionRow.begin(
                  new SessionRow.Origin("program", "program", "", 0, now, Optional.empty()),
                  now.plus(LIMITS.absolute()),
                  LIMITS.idle())
              .ended(new SessionRow.Over(Ending.SIGNED_OUT, now));
      for (int i = 0; i < SessionRegistry.ROWS_PER_USER; i++) {
        Key key = new Key(Kind.SESSION, "%032x".formatted(i));
        assertThat(
                store.write(
                    Change.create(key, "carl", now.plus(Duration.ofHours(1)), row.encode())))
            .isTrue();
      }
      SignedIn carl = node().signIn(CARL, "program", Optional.empty(), "", Optional.empty());
      assertThat(node().check(carl.token(), Activity.BY_USER)).isInstanceOf(Check.Authorised.class);
    }

    @Test
    void is_not_kept_for_a_provider_that_knows_by_itself() {
      signIn("anna");
      assertThat(store.read(new Key(Kind.USER, "anna"))).isEmpty();
    }

    @Test
    void many_sign_ins_at_once_lose_none() throws Exception {
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        List<Future<SignedIn>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          all.add(
              threads.submit(
                  () -> node().signIn(CARL, "program", Optional.empty(), "", Optional.empty())));
        }
        for (Future<SignedIn> one : all) {
          assertThat(node().check(one.get().token(), Activity.BY_USER))
              .isInstanceOf(Check.Authorised.class);
        }
      }
    }
  }
}
