package org.hitc.session.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hitc.channel.Refusal;
import org.hitc.channel.SignInScreen;
import org.hitc.session.MutableClock;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The password file")
class PasswordFileTest {
  private static final SignInAnswer DENIED = new SignInAnswer.Denied();
  private static final NewUser ANNA =
      new NewUser("anna", "Anna: Muster", Optional.of("de"), Set.of("audit", "accounting"));

  @TempDir Path folder;

  private final SecureRandom random = new SecureRandom();
  private Path file = Path.of("");

  @BeforeEach
  void create() throws IOException {
    file = folder.resolve("users");
    PasswordFile.create(file);
  }

  private PasswordFile open() {
    return PasswordFile.open(file, random);
  }

  private PasswordFile withAnna() {
    PasswordFile users = open();
    users.add(ANNA, "correct horse");
    return users;
  }

  @Nested
  @DisplayName("signs in")
  class SigningIn {
    @Test
    void whoever_knows_the_password() {
      PasswordFile users = withAnna();
      UserEntry anna = users.find("anna").orElseThrow();
      assertThat(users.signIn("anna", "correct horse"))
          .isEqualTo(new SignInAnswer.Accepted(anna, "password"));
      assertThat(anna.displayName()).isEqualTo("Anna: Muster");
      assertThat(anna.language()).hasValue("de");
      assertThat(anna.roles()).containsExactlyInAnyOrder("accounting", "audit");
      assertThat(anna.enabled()).isTrue();
    }

    @Test
    void nobody_else_and_all_get_the_same_answer() {
      PasswordFile users = withAnna();
      assertThat(users.signIn("anna", "wrong")).isEqualTo(DENIED);
      assertThat(users.signIn("anna", "")).isEqualTo(DENIED);
      assertThat(users.signIn("anna", "correct horse ")).isEqualTo(DENIED);
      assertThat(users.signIn("ANNA", "correct horse")).isEqualTo(DENIED);
      assertThat(users.signIn("anna ", "correct horse")).isEqualTo(DENIED);
      assertThat(users.signIn("nobody", "correct horse")).isEqualTo(DENIED);
      assertThat(users.signIn("", "")).isEqualTo(DENIED);
      assertThat(users.signIn("# name", "x")).isEqualTo(DENIED);
      assertThat(users.signIn("anna", "x".repeat(100_000))).isEqualTo(DENIED);
    }

    @Test
    void no_disabled_user() throws IOException {
      PasswordFile users = withAnna();
      Files.writeString(file, Files.readString(file).replace("anna:", "anna:!"));
      assertThat(users.signIn("anna", "correct horse")).isEqualTo(DENIED);
      assertThat(users.find("anna").orElseThrow().enabled()).isFalse();
    }

    @Test
    void an_unknown_user_costs_as_much_as_a_wrong_password() {
      PasswordFile users = withAnna();
      long[] known = new long[9];
      long[] unknown = new long[9];
      for (int i = -2; i < known.length; i++) {
        long start = System.nanoTime();
        assertThat(users.signIn("anna", "wrong")).isEqualTo(DENIED);
        long middle = System.nanoTime();
        assertThat(users.signIn("nobody", "wrong")).isEqualTo(DENIED);
        long end = System.nanoTime();
        if (i >= 0) {
          known[i] = middle - start;
          unknown[i] = end - middle;
        }
      }
      Arrays.sort(known);
      Arrays.sort(unknown);
      // Without the hash of nobody the ratio is over 1000.
      assertThat((double) known[4] / unknown[4]).isBetween(0.3, 3.0);
    }

    @Test
    void many_at_once_and_turns_the_rest_away() throws Exception {
      PasswordFile users = withAnna();
      int tries = PasswordChecks.MAX_WAITING + PasswordChecks.AT_A_TIME + 30;
      List<SignInAnswer> answers = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<SignInAnswer>> all = new ArrayList<>();
        for (int i = 0; i < tries; i++) {
          all.add(threads.submit(() -> users.signIn("anna", "correct horse")));
        }
        for (Future<SignInAnswer> one : all) {
          answers.add(one.get());
        }
      }
      assertThat(answers).doesNotContain(DENIED);
      assertThat(answers).anyMatch(SignInAnswer.Accepted.class::isInstance);
      assertThat(answers).contains(new SignInAnswer.Busy());
      assertThat(users.signIn("anna", "correct horse")).isInstanceOf(SignInAnswer.Accepted.class);
    }
  }

  @Nested
  @DisplayName("is read again when it changes")
  class Changing {
    @Test
    void a_removed_user_is_gone() throws IOException {
      PasswordFile users = withAnna();
      Files.writeString(file, "");
      assertThat(users.find("anna")).isEmpty();
      assertThat(users.signIn("anna", "correct horse")).isEqualTo(DENIED);
    }

    @Test
    void a_change_that_keeps_size_and_time_is_seen() throws IOException {
      PasswordFile users = withAnna();
      FileTime time = Files.getLastModifiedTime(file);
      Files.writeString(file, Files.readString(file).replace("audit", "budit"));
      Files.setLastModifiedTime(file, time);
      assertThat(users.find("anna").orElseThrow().roles()).contains("budit");
    }

    @Test
    void a_new_password_is_another_stamp_and_other_changes_are_not() throws IOException {
      PasswordFile users = withAnna();
      String stamp = users.find("anna").orElseThrow().stamp();
      Files.writeString(file, Files.readString(file).replace(":de:", ":en:"));
      assertThat(users.find("anna").orElseThrow().stamp()).isEqualTo(stamp);
      Files.writeString(file, "");
      users.add(ANNA, "correct horse");
      assertThat(users.find("anna").orElseThrow().stamp()).isNotEqualTo(stamp);
    }

    @Test
    void while_it_is_wrong_nobody_is_known_and_afterwards_all_are_again() throws IOException {
      PasswordFile users = withAnna();
      String right = Files.readString(file);
      Files.writeString(file, right + "broken\n");
      assertThatThrownBy(() -> users.find("anna")).isInstanceOf(SignInException.class);
      assertThatThrownBy(() -> users.signIn("anna", "correct horse"))
          .isInstanceOf(SignInException.class);
      Files.writeString(file, right);
      assertThat(users.find("anna")).isPresent();
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      assertThatThrownBy(() -> users.find("anna")).hasMessageContaining("chmod 600");
      Files.delete(file);
      assertThatThrownBy(() -> users.find("anna")).isInstanceOf(SignInException.class);
    }
  }

  @Nested
  @DisplayName("is refused with everything that is wrong")
  class Wrong {
    private static final String HASH =
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    @Test
    void in_one_report_with_line_numbers() throws IOException {
      Files.writeString(
          file,
          String.join(
              "\n",
              "# comment",
              "",
              "anna:" + HASH + ":audit:de:Anna",
              "Ben:plain:Audit,audit,audit:de_DE:",
              "carl:" + HASH + "::",
              "anna:" + HASH + ":::Anna again",
              "dora:" + HASH + ":a,,b:xx-invalid-subtag-:Dora\u202e",
              "emil:!:::Emil"));
      SignInException wrong = catchThrowableOfType(SignInException.class, () -> open());
      assertThat(wrong.problems())
          .extracting(problem -> problem.substring(file.toString().length()))
          .containsExactly(
              ":4: the name is not of the form [a-z_][a-z0-9_.-]{0,31}",
              ":4: the hash is not $argon2id$v=19$m=...,t=...,p=...$salt$hash",
              ":4: a role is not of the form [a-z][a-z0-9_-]{0,31}",
              ":4: the role audit stands there twice",
              ":4: the language is not a BCP 47 tag",
              ":4: the display name is missing",
              ":5: needs name:hash:roles:language:display name",
              ":6: anna stands in line 3 already",
              ":7: a role is not of the form [a-z][a-z0-9_-]{0,31}",
              ":7: the language is not a BCP 47 tag",
              ":7: the display name holds a control or direction character",
              ":8: the hash is not $argon2id$v=19$m=...,t=...,p=...$salt$hash");
    }

    @Test
    void without_ever_showing_a_hash() throws IOException {
      Files.writeString(file, "anna:" + HASH + "=:::Anna\n");
      assertThatThrownBy(() -> open()).hasMessageNotContaining("c29tZXNhbHQ");
    }

    @Test
    void when_it_is_not_utf_8() throws IOException {
      Files.write(file, ("anna:" + HASH + ":::J\u00fcrg\n").getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(() -> open()).hasMessageContaining(":1: not UTF-8");
    }
  }

  @Nested
  @DisplayName("gets a user added")
  class Adding {
    @Test
    void and_keeps_everything_else_to_the_byte() throws IOException {
      Files.writeString(file, "# ours\n\n  \n# end without newline");
      String before = Files.readString(file);
      withAnna();
      assertThat(Files.readString(file)).startsWith(before + "\nanna:$argon2id$").endsWith("\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }

    @Test
    void once() throws IOException {
      PasswordFile users = withAnna();
      String before = Files.readString(file);
      assertThatThrownBy(() -> users.add(ANNA, "other"))
          .isInstanceOf(SignInException.class)
          .hasMessageContaining("already");
      assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void and_no_second_one_in_the_same_breath() throws IOException {
      PasswordFile users = open();
      String before = Files.readString(file);
      String hash = Argon2Hash.create("x", random).toString();
      List<NewUser> hostile =
          List.of(
              new NewUser("ben", "Ben\neve:" + hash + ":admin::Eve", Optional.empty(), Set.of()),
              new NewUser("ben\neve", "Ben", Optional.empty(), Set.of()),
              new NewUser("ben:" + hash, "Ben", Optional.empty(), Set.of()),
              new NewUser("ben", "Ben", Optional.of("de:Eve"), Set.of()),
              new NewUser("ben", "Ben", Optional.empty(), Set.of("a,admin")),
              new NewUser("ben", "Ben", Optional.empty(), Set.of("a:en")),
              new NewUser("#ben", "Ben", Optional.empty(), Set.of()),
              new NewUser("", "Ben", Optional.empty(), Set.of()),
              new NewUser("ben", "", Optional.empty(), Set.of()));
      for (NewUser user : hostile) {
        assertThatThrownBy(() -> users.add(user, "x"))
            .as(user.toString())
            .isInstanceOf(SignInException.class);
        assertThat(Files.readString(file)).isEqualTo(before);
      }
      assertThatThrownBy(() -> users.add(ANNA, "")).isInstanceOf(SignInException.class);
    }

    @Test
    void while_others_are_added_too_and_none_is_lost() throws Exception {
      PasswordFile users = open();
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          NewUser user = new NewUser("user" + i, "User", Optional.empty(), Set.of());
          all.add(threads.submit(() -> users.add(user, "secret")));
        }
        for (Future<?> one : all) {
          one.get();
        }
      }
      for (int i = 0; i < 12; i++) {
        assertThat(users.find("user" + i)).isPresent();
      }
    }
  }

  @Nested
  @DisplayName("makes a user choose a new password")
  class Choosing {
    private static final String OLD = "temporary";

    private PasswordFile withNewcomer() {
      PasswordFile users = open();
      users.add(ANNA, OLD, true);
      return users;
    }

    private SignInAnswer.Ask asked(SignInAnswer answer) {
      assertThat(answer).isInstanceOf(SignInAnswer.Ask.class);
      return (SignInAnswer.Ask) answer;
    }

    private SignInAnswer answer(PasswordFile users, String state, String chosen, String again) {
      return users.answer("anna", state, Map.of("new", chosen, "again", again));
    }

    @Test
    void before_anything_else_and_signs_in_with_it() throws IOException {
      PasswordFile users = withNewcomer();
      SignInAnswer.Ask ask = asked(users.signIn("anna", OLD));
      assertThat(ask.screen().purpose()).isEqualTo(SignInScreen.Purpose.NEW_PASSWORD);
      assertThat(ask.wrong()).isFalse();

      SignInAnswer answer = answer(users, ask.state(), "correct horse", "correct horse");

      UserEntry anna = users.find("anna").orElseThrow();
      assertThat(answer).isEqualTo(new SignInAnswer.Accepted(anna, "password"));
      assertThat(users.signIn("anna", "correct horse")).isEqualTo(answer);
      assertThat(users.signIn("anna", OLD)).isEqualTo(DENIED);
      assertThat(users.list()).containsExactly(new KnownUser(anna, false, false));
      assertThat(Files.readString(file)).doesNotContain("*$argon2id");
    }

    @Test
    void that_follows_the_rules_and_says_at_which_field_it_does_not() {
      PasswordFile users = withNewcomer();
      String state = asked(users.signIn("anna", OLD)).state();
      record Case(String chosen, String again, Refusal problem, int field) {}
      users.add(new NewUser("anna_long", "Anna", Optional.empty(), Set.of()), OLD, true);
      for (Case wrong :
          List.of(
              new Case("", "", Refusal.PASS_SHORT, 0),
              new Case("seven77", "seven77", Refusal.PASS_SHORT, 0),
              new Case("\ud83d\ude00".repeat(7), "\ud83d\ude00".repeat(7), Refusal.PASS_SHORT, 0),
              new Case("x".repeat(1025), "x".repeat(1025), Refusal.PASS_LONG, 0),
              new Case("\u00fc".repeat(600), "\u00fc".repeat(600), Refusal.PASS_LONG, 0),
              new Case(OLD, OLD, Refusal.PASS_SAME, 0),
              new Case("correct horse", "correct hors", Refusal.PASS_AGAIN, 1))) {
        SignInAnswer.Ask again = asked(answer(users, state, wrong.chosen(), wrong.again()));
        assertThat(again.screen().fields().get(wrong.field()).problem()).hasValue(wrong.problem());
        assertThat(again.screen().fields().get(1 - wrong.field()).problem()).isEmpty();
        assertThat(again.wrong()).isFalse();
      }
      String longState = asked(users.signIn("anna_long", OLD)).state();
      assertThat(
              asked(
                      users.answer(
                          "anna_long", longState, Map.of("new", "Anna_Long", "again", "Anna_Long")))
                  .screen()
                  .problem())
          .hasValue(Refusal.PASS_NAME);
      assertThat(answer(users, state, "eight888", "eight888"))
          .isInstanceOf(SignInAnswer.Accepted.class);
    }

    @Test
    void once_and_not_after_somebody_else_changed_or_disabled_it() {
      PasswordFile users = withNewcomer();
      String state = asked(users.signIn("anna", OLD)).state();
      users.setEnabled("anna", false);
      assertThat(answer(users, state, "correct horse", "correct horse")).isEqualTo(DENIED);
      users.setEnabled("anna", true);
      users.setPassword("anna", "another temporary", true);
      assertThat(answer(users, state, "correct horse", "correct horse")).isEqualTo(DENIED);
      assertThat(users.answer("nobody", state, Map.of())).isEqualTo(DENIED);

      String second = asked(users.signIn("anna", "another temporary")).state();
      assertThat(answer(users, second, "correct horse", "correct horse"))
          .isInstanceOf(SignInAnswer.Accepted.class);
      assertThat(answer(users, second, "battery staple", "battery staple")).isEqualTo(DENIED);
    }

    @Test
    void only_who_knows_the_old_one_and_is_enabled() {
      PasswordFile users = withNewcomer();
      assertThat(users.signIn("anna", "wrong")).isEqualTo(DENIED);
      users.setEnabled("anna", false);
      assertThat(users.signIn("anna", OLD)).isEqualTo(DENIED);
    }
  }

  @Nested
  @DisplayName("is changed user by user")
  class Editing {
    private static final String COMMENT = "# ours\n\n  \n";

    private PasswordFile withThree() throws IOException {
      Files.writeString(file, COMMENT);
      PasswordFile users = withAnna();
      users.add(new NewUser("ann", "Ann", Optional.empty(), Set.of("audit")), "secret");
      users.add(new NewUser("zoe", "Zoe", Optional.empty(), Set.of("audit")), "secret");
      return users;
    }

    private String lineOf(String user) throws IOException {
      return Files.readString(file)
          .lines()
          .filter(line -> line.startsWith(user + ":"))
          .findFirst()
          .orElseThrow();
    }

    @Test
    void and_nothing_else_in_it_changes() throws IOException {
      PasswordFile users = withThree();
      String anna = lineOf("anna");
      String zoe = lineOf("zoe");
      users.setEnabled("ann", false);
      users.setRoles("ann", Set.of("one", "two"));
      users.setPassword("ann", "other secret", true);
      assertThat(lineOf("ann")).startsWith("ann:!*$argon2id").endsWith(":one,two::Ann");
      users.setEnabled("ann", true);
      assertThat(lineOf("ann")).startsWith("ann:*$argon2id");
      users.remove("ann");
      assertThat(Files.readString(file)).isEqualTo(COMMENT + anna + "\n" + zoe + "\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }

    @Test
    void and_a_session_ends_by_what_the_user_is_from_then_on() throws IOException {
      PasswordFile users = withThree();
      UserEntry before = users.find("zoe").orElseThrow();
      users.setRoles("zoe", Set.of());
      assertThat(users.find("zoe")).hasValue(before.withRights(Set.of(), true));
      users.setEnabled("zoe", false);
      assertThat(users.find("zoe").orElseThrow().enabled()).isFalse();
      users.setEnabled("zoe", true);
      users.setPassword("zoe", "secret", false);
      assertThat(users.find("zoe").orElseThrow().stamp()).isNotEqualTo(before.stamp());
      users.remove("zoe");
      assertThat(users.find("zoe")).isEmpty();
    }

    @Test
    void but_not_one_who_is_not_there_nor_to_something_wrong() throws IOException {
      PasswordFile users = withThree();
      String before = Files.readString(file);
      for (String name : List.of("nobody", "", "# ours", "an", "ann\nzoe", ".*")) {
        assertThatThrownBy(() -> users.setEnabled(name, false)).hasMessageContaining("no user");
        assertThatThrownBy(() -> users.setRoles(name, Set.of())).hasMessageContaining("no user");
        assertThatThrownBy(() -> users.setPassword(name, "secret", false))
            .hasMessageContaining("no user");
        assertThatThrownBy(() -> users.remove(name)).hasMessageContaining("no user");
      }
      assertThatThrownBy(() -> users.setRoles("ann", Set.of("a:b")))
          .isInstanceOf(SignInException.class);
      assertThatThrownBy(() -> users.setRoles("ann", Set.of("a,admin", "b\neve:x")))
          .isInstanceOf(SignInException.class);
      assertThatThrownBy(() -> users.setPassword("ann", "", false))
          .isInstanceOf(SignInException.class);
      assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void by_root_so_that_its_owner_can_go_on() throws IOException {
      Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
      Files.setAttribute(file, "unix:uid", 64_001);
      Files.setAttribute(file, "unix:gid", 64_002);
      withAnna().setEnabled("anna", false);
      Path lock = folder.resolve("users.lock");
      for (Path path : List.of(file, lock)) {
        assertThat(Files.getAttribute(path, "unix:uid")).as("%s", path).isEqualTo(64_001);
        assertThat(Files.getAttribute(path, "unix:gid")).as("%s", path).isEqualTo(64_002);
        assertThat((Integer) Files.getAttribute(path, "unix:mode") & 07777).isEqualTo(0600);
      }
    }

    @Test
    void and_no_link_is_followed_in_a_folder_of_somebody_else() throws IOException {
      Path victim = Files.writeString(folder.resolve("victim"), "");
      Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-------"));
      Files.createSymbolicLink(folder.resolve("users.lock"), victim);
      PasswordFile users = open();
      assertThatThrownBy(() -> users.add(ANNA, "correct horse"))
          .hasMessageContaining("not a regular file");
      assertThat(users.list()).isEmpty();
    }

    @Test
    void and_listed_by_name() throws IOException {
      PasswordFile users = withThree();
      users.setPassword("zoe", "secret", true);
      assertThat(users.list())
          .extracting(known -> known.user().name() + " " + known.mustChange())
          .containsExactly("ann false", "anna false", "zoe true");
    }
  }

  @Nested
  @DisplayName("asks for a second factor")
  @SuppressWarnings("NullAway.Init") // JUnit calls give before each test
  class SecondFactor {
    private final MutableClock clock = new MutableClock("2026-03-01T08:00:00Z");
    private PasswordFile users;
    private String secret = "";

    @BeforeEach
    void give() {
      users = PasswordFile.open(file, random, clock);
      users.add(ANNA, "correct horse");
      secret = users.giveSecondFactor("anna");
    }

    private String code() {
      return new Totp(secret, 0).code(clock.instant().getEpochSecond() / Totp.STEP_SECONDS);
    }

    private SignInAnswer.Ask password() {
      SignInAnswer answer = users.signIn("anna", "correct horse");
      assertThat(answer).isInstanceOf(SignInAnswer.Ask.class);
      return (SignInAnswer.Ask) answer;
    }

    private SignInAnswer type(SignInAnswer.Ask ask, String code) {
      return users.answer("anna", ask.state(), Map.of("code", code));
    }

    @Test
    void after_the_password_and_takes_its_code_once() throws IOException {
      String hash = Files.readString(file);
      SignInAnswer.Ask ask = password();
      assertThat(ask.screen().purpose()).isEqualTo(SignInScreen.Purpose.CODE);
      assertThat(ask.wrong()).isFalse();
      String code = code();
      assertThat(type(ask, code.substring(0, 3) + " " + code.substring(3)))
          .isEqualTo(new SignInAnswer.Accepted(users.find("anna").orElseThrow(), "password-code"));
      assertThat(Files.readString(file)).isNotEqualTo(hash);

      SignInAnswer again = type(password(), code);

      assertThat(again)
          .isInstanceOfSatisfying(
              SignInAnswer.Ask.class,
              refused -> {
                assertThat(refused.wrong()).isTrue();
                assertThat(refused.screen().problem()).hasValue(Refusal.SIGN_IN_CODE);
              });
      clock.advance(Duration.ofSeconds(Totp.STEP_SECONDS));
      assertThat(type(password(), code())).isInstanceOf(SignInAnswer.Accepted.class);
    }

    @Test
    void once_also_when_two_type_it_at_once() throws Exception {
      List<SignInAnswer.Ask> asks = List.of(password(), password());
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        List<Future<SignInAnswer>> both = new ArrayList<>();
        for (SignInAnswer.Ask ask : asks) {
          both.add(threads.submit(() -> type(ask, code())));
        }
        int accepted = 0;
        for (Future<SignInAnswer> one : both) {
          accepted += one.get() instanceof SignInAnswer.Accepted ? 1 : 0;
        }
        assertThat(accepted).isEqualTo(1);
      }
    }

    @Test
    void and_begins_anew_after_five_wrong_codes() {
      SignInAnswer answer = password();
      for (int i = 0; i < 4; i++) {
        answer = type((SignInAnswer.Ask) answer, "00000" + i);
        assertThat(answer).isInstanceOf(SignInAnswer.Ask.class);
      }
      assertThat(type((SignInAnswer.Ask) answer, "000009")).isEqualTo(DENIED);
    }

    @Test
    void before_a_new_password_is_chosen_and_not_without_it() {
      users.setPassword("anna", "temporary", true);
      SignInAnswer.Ask first = (SignInAnswer.Ask) users.signIn("anna", "temporary");
      assertThat(first.screen().purpose()).isEqualTo(SignInScreen.Purpose.CODE);
      Map<String, String> chosen = Map.of("new", "battery staple", "again", "battery staple");
      assertThat(users.answer("anna", first.state(), chosen))
          .isInstanceOfSatisfying(SignInAnswer.Ask.class, ask -> assertThat(ask.wrong()).isTrue());
      SignInAnswer.Ask second = (SignInAnswer.Ask) type(first, code());
      assertThat(second.screen().purpose()).isEqualTo(SignInScreen.Purpose.NEW_PASSWORD);
      assertThat(users.answer("anna", second.state(), chosen))
          .isEqualTo(new SignInAnswer.Accepted(users.find("anna").orElseThrow(), "password-code"));
      assertThat(users.list()).extracting(KnownUser::secondFactor).containsExactly(true);
    }

    @Test
    void and_no_longer_when_it_is_taken_away_and_either_ends_sessions() {
      String with = users.find("anna").orElseThrow().stamp();
      SignInAnswer.Ask ask = password();
      users.takeSecondFactor("anna");
      assertThat(users.find("anna").orElseThrow().stamp()).isNotEqualTo(with);
      assertThat(type(ask, code())).isEqualTo(DENIED);
      assertThat(users.signIn("anna", "correct horse")).isInstanceOf(SignInAnswer.Accepted.class);
      assertThatThrownBy(() -> users.giveSecondFactor("nobody"))
          .isInstanceOf(SignInException.class);
    }

    @Test
    void written_behind_the_hash_in_one_way() throws IOException {
      String right = Files.readString(file);
      assertThat(right).contains("~" + secret + "~0:");
      for (String wrong :
          List.of("~", "~" + secret, "~" + secret + "~", "~SHORT~0", "~" + secret + "~01")) {
        Files.writeString(file, right.replace("~" + secret + "~0", wrong));
        assertThatThrownBy(() -> users.find("anna"))
            .as(wrong)
            .hasMessageContaining("no second factor")
            .hasMessageNotContaining(secret);
      }
    }
  }
}
