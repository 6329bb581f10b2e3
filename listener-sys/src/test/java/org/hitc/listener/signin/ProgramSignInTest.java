package org.hitc.listener.signin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hitc.channel.os.Poller;
import org.hitc.listener.config.Program;
import org.hitc.listener.config.SignInConfig;
import org.hitc.listener.program.ProcessSetup;
import org.hitc.listener.program.ProgramRunner;
import org.hitc.session.signin.SignInAnswer;
import org.hitc.session.signin.SignInException;
import org.hitc.session.signin.UserEntry;
import org.hitc.workflow.model.RunAs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A sign-in program")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProgramSignInTest {
  private static final SignInAnswer DENIED = new SignInAnswer.Denied();

  @TempDir private Path folder = Path.of("/");

  private final Poller poller;
  private final ProgramRunner runner;
  private final Map<String, Program> programs = new HashMap<>();

  ProgramSignInTest() throws IOException {
    poller = Poller.open();
    runner =
        new ProgramRunner(
            poller,
            "signin-test-" + ProcessHandle.current().pid(),
            "main",
            "Europe/Berlin",
            Optional.empty());
  }

  @BeforeAll
  void setUp() {
    ProcessSetup.apply();
  }

  @AfterAll
  void tearDown() throws IOException {
    runner.close();
    poller.close();
  }

  private ProgramSignIn program(String script) throws IOException {
    return program(
        script, UTF_8, Duration.ofSeconds(20), Set.of(0), Set.of(new RunAs.Service()), 4);
  }

  private ProgramSignIn program(
      String script,
      Charset encoding,
      Duration timeout,
      Set<Integer> success,
      Set<RunAs> as,
      int concurrent)
      throws IOException {
    Path file = folder.resolve("check");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    programs.put(
        "check",
        new Program(
            "check",
            file,
            Map.of(),
            encoding,
            timeout,
            concurrent,
            1 << 20,
            100,
            Optional.empty(),
            success,
            as,
            Program.Breaker.DEFAULT));
    return new ProgramSignIn(runner, "check", () -> Map.copyOf(programs));
  }

  private static UserEntry accepted(SignInAnswer answer) {
    assertThat(answer).isInstanceOf(SignInAnswer.Accepted.class);
    return ((SignInAnswer.Accepted) answer).user();
  }

  @Test
  void gets_two_lines_and_nothing_else_anywhere() throws IOException {
    Path seen = folder.resolve("seen");
    ProgramSignIn signIn =
        program("cat >" + seen + "; env >>" + seen + "; echo \"args $# $0\" >>" + seen);
    accepted(signIn.signIn("anna", "pass wörd $(id) 'x'"));
    String all = Files.readString(seen);
    assertThat(all).startsWith("anna\npass wörd $(id) 'x'\n").contains("\nHITC_USER=\n", "args 0 ");
    assertThat(all.replaceFirst("anna\n.*\n", "")).doesNotContain("anna", "wörd");
  }

  @Test
  void says_yes_with_exit_status_0_and_no_with_every_other() throws IOException {
    ProgramSignIn signIn = program("read user; read password; [ \"$password\" = secret ]");
    UserEntry anna = accepted(signIn.signIn("anna", "secret"));
    assertThat(anna)
        .isEqualTo(new UserEntry("anna", "anna", Optional.empty(), Set.of(), true, anna.stamp()));
    assertThat(signIn.signIn("anna", "wrong")).isEqualTo(DENIED);
    for (int status : new int[] {1, 2, 126, 127, 255}) {
      assertThat(program("exit " + status).signIn("anna", "secret")).isEqualTo(DENIED);
    }
  }

  @Test
  void may_say_the_name_the_roles_and_the_language() throws IOException {
    ProgramSignIn signIn =
        program(
            "echo 'NAME = Anna Berg'; echo 'roles=fis_user , audit'; echo language=de; echo x=1");
    UserEntry anna = accepted(signIn.signIn("anna", "secret"));
    assertThat(anna.displayName()).isEqualTo("Anna Berg");
    assertThat(anna.roles()).containsExactlyInAnyOrder("fis_user", "audit");
    assertThat(anna.language()).hasValue("de");
    assertThat(signIn.forgets()).isTrue();
    assertThat(signIn.find("anna", Optional.of(anna))).hasValue(anna);
    assertThat(signIn.find("anna", Optional.empty())).isEmpty();
    assertThat(new ProgramSignIn(runner, "another", Map::of).find("anna", Optional.of(anna)))
        .as("another program may know another anna")
        .isEmpty();
  }

  @Test
  void that_is_neither_yes_nor_no_signs_nobody_in_and_says_what_is_wrong() throws IOException {
    Map<String, String> broken =
        Map.of(
            "kill -SEGV $$", "signal 11",
            "echo hello", "line 1",
            "echo roles=Admin", "a role is not",
            "echo language=de_DE", "language",
            "printf 'name=\\342\\200\\256x\\n'", "direction character",
            "head -c 70000 /dev/zero", "output limit");
    for (Map.Entry<String, String> one : broken.entrySet()) {
      ProgramSignIn signIn = program(one.getKey());
      assertThatThrownBy(() -> signIn.signIn("anna", "hunter2hunter2"))
          .as(one.getKey())
          .isInstanceOf(SignInException.class)
          .hasMessageContaining(one.getValue())
          .hasMessageNotContaining("hunter2");
    }
    ProgramSignIn slow =
        program(
            "sleep 30", UTF_8, Duration.ofMillis(300), Set.of(0), Set.of(new RunAs.Service()), 4);
    assertThatThrownBy(() -> slow.signIn("anna", "x")).hasMessageContaining("timeout");
    Files.delete(folder.resolve("check"));
    assertThatThrownBy(() -> slow.signIn("anna", "x")).hasMessageContaining("not started");
    programs.clear();
    assertThatThrownBy(() -> slow.signIn("anna", "x")).hasMessageContaining("not registered");
  }

  @Test
  void never_gets_what_could_be_more_than_two_lines_nor_an_empty_password() throws IOException {
    ProgramSignIn signIn = program("echo run >>" + folder.resolve("runs"));
    for (String password : List.of("", "a\nb", "a\rb", "a\0b", "\n", "x".repeat(101), "\ud800")) {
      assertThat(signIn.signIn("anna", password)).isEqualTo(DENIED);
    }
    for (String user : List.of("", "anna\nadmin", "anna\0", "Anna", "-x", "a b", "ü", "../x")) {
      assertThat(signIn.signIn(user, "secret")).isEqualTo(DENIED);
    }
    ProgramSignIn latin =
        program(
            "echo run >>" + folder.resolve("runs"),
            ISO_8859_1,
            Duration.ofSeconds(5),
            Set.of(0),
            Set.of(new RunAs.Service()),
            4);
    assertThat(latin.signIn("anna", "\u20ac")).isEqualTo(DENIED);
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void that_crashes_for_one_is_not_paused_for_the_others() throws IOException {
    ProgramSignIn signIn =
        program("read user; read password; [ \"$password\" = bad ] && kill -SEGV $$; :");
    for (int i = 0; i < 3 * Program.Breaker.DEFAULT.after(); i++) {
      assertThatThrownBy(() -> signIn.signIn("eve", "bad")).isInstanceOf(SignInException.class);
    }
    accepted(signIn.signIn("anna", "good"));
  }

  @Test
  void runs_as_often_at_once_as_it_may_and_turns_away_what_is_too_much() throws Exception {
    Path running = Files.createDirectory(folder.resolve("running"));
    ProgramSignIn signIn =
        program(
            "mkdir "
                + running
                + "/$$; ls "
                + running
                + " | wc -l >>"
                + folder.resolve("seen-at-once")
                + "; sleep 0.05; rmdir "
                + running
                + "/$$",
            UTF_8,
            Duration.ofSeconds(20),
            Set.of(0),
            Set.of(new RunAs.Service()),
            2);
    List<SignInAnswer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SignInAnswer>> all = new ArrayList<>();
      for (int i = 0; i < ProgramSignIn.MAX_AT_ONCE + 40; i++) {
        all.add(threads.submit(() -> signIn.signIn("anna", "secret")));
      }
      for (Future<SignInAnswer> one : all) {
        answers.add(one.get());
      }
    }
    assertThat(answers).doesNotContain(DENIED).contains(new SignInAnswer.Busy());
    assertThat(answers.stream().filter(SignInAnswer.Accepted.class::isInstance))
        .hasSizeGreaterThanOrEqualTo(ProgramSignIn.MAX_AT_ONCE);
    assertThat(Files.readAllLines(folder.resolve("seen-at-once")))
        .allMatch(count -> Integer.parseInt(count.strip()) <= 2);
    accepted(signIn.signIn("anna", "secret"));
  }

  @Test
  void is_fit_for_it_or_the_start_is_refused() throws IOException {
    SignInConfig config = new SignInConfig(new SignInConfig.Way.Program("check"), Optional.empty());
    program("exit 0");
    assertThat(Providers.problems(config, programs)).isEmpty();
    program("exit 0", UTF_8, Duration.ofSeconds(1), Set.of(0, 1), Set.of(new RunAs.Service()), 1);
    assertThat(Providers.problems(config, programs))
        .singleElement()
        .asString()
        .contains("status 0");
    program("exit 0", UTF_8, Duration.ofSeconds(1), Set.of(0), Set.of(new RunAs.SignedIn()), 1);
    assertThat(Providers.problems(config, programs))
        .singleElement()
        .asString()
        .contains("may not run as the service");
    assertThat(Providers.problems(config, Map.of()))
        .containsExactly("the sign-in program 'check': it is not registered in programs.yaml");
  }
}
