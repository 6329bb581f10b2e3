package org.hitc.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.listener.config.Program;
import org.hitc.listener.desk.Definition;
import org.hitc.workflow.model.RunAs;
import org.hitc.workflow.yaml.Companions;
import org.hitc.workflow.yaml.Loaded;
import org.hitc.workflow.yaml.WorkflowLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What workflows run, in front of the launcher's policy,")
final class LaunchCheckTest {
  private static final Path TRUE = Path.of("/usr/bin/true");
  private static final String WORKFLOW =
      """
      workflow: mail
      title: Mail
      roles: [everyone]
      run_as: user
      steps:
        - form: ask
          title: What?
          fields:
            word: { label: Word }
            picture: { label: Picture, type: file }
        - { run: check, run_as: service, stdin: [$word] }
        - { run: change, args: [--to, $word], output: text, title: Done }
      """;

  @TempDir private Path folder;
  private Path policy = Path.of("/");

  @BeforeEach
  void root() {
    assumeTrue(
        System.getProperty("user.name").equals("root"), "needs root: only its policy counts");
    policy = folder.resolve("launcher.yaml");
  }

  private LaunchCheck check(String definition) {
    Loaded loaded =
        new WorkflowLoader(Set.of("check", "change"))
            .load("mail.yaml", definition.getBytes(UTF_8), Companions.NONE);
    Definition mail =
        Definition.of(
            ((Loaded.Good) loaded).workflow(), Listener.site(folder, ZoneOffset.UTC).shipped());
    return new LaunchCheck(
        Map.of("mail", mail), Map.of("check", program("check"), "change", program("change")));
  }

  private static Program program(String name) {
    return new Program(
        name,
        TRUE,
        Map.of(),
        UTF_8,
        Duration.ofSeconds(1),
        1,
        1,
        1,
        Optional.empty(),
        Set.of(0),
        Set.of(new RunAs.Service()),
        Program.Breaker.DEFAULT);
  }

  private void policy(String entries) throws IOException {
    Files.writeString(
        policy,
        """
        folder: /run/hitc-test
        sys_side: 61001
        auth_side: 61002
        web_side: 61003
        log: /var/log/hitc-test.log
        entries:
        """
            + entries.indent(2));
    Files.setPosixFilePermissions(policy, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private List<String> found(String definition) {
    return check(definition).findings(true, policy).stream().map(Finding::text).toList();
  }

  @Test
  @DisplayName("are listed for the auditor: each program, as whom, with what")
  void runs() {
    assertThat(check(WORKFLOW).runs())
        .containsExactly(
            "mail.check  check  /usr/bin/true  as service  with no arguments, input $word",
            "mail.change  change  /usr/bin/true  as user  with --to | $word");
  }

  @Test
  @DisplayName("are right when entry, path, account and arguments fit")
  void right() throws IOException {
    policy(
        "change: { program: /usr/bin/true, as: [user], users: { all: true },"
            + " args: [ { literal: --to }, { text: 20 } ] }");
    assertThat(found(WORKFLOW)).isEmpty();
  }

  @Test
  @DisplayName("would be refused, each for its reason")
  void refused() throws IOException {
    policy("other: { program: /usr/bin/true, as: [user], users: { all: true } }");
    assertThat(found(WORKFLOW)).singleElement().asString().contains("no entry change");

    policy("change: { program: /usr/bin/false, as: [user], users: { all: true } }");
    assertThat(found(WORKFLOW))
        .singleElement()
        .asString()
        .contains("/usr/bin/false under this name", "programs.yaml /usr/bin/true");

    policy("change: { program: /usr/bin/true, as: [payroll], users: { all: true } }");
    assertThat(found(WORKFLOW)).singleElement().asString().contains("as the signed-in user");

    policy("change: { program: /usr/bin/true, as: [user], users: { all: true } }");
    assertThat(found(WORKFLOW)).singleElement().asString().contains("takes 0 arguments, not 2");

    policy(
        "change: { program: /usr/bin/true, as: [user], users: { all: true },"
            + " args: [ { literal: --from }, { text: 20 } ] }");
    assertThat(found(WORKFLOW)).singleElement().asString().contains("argument 1 of change");
  }

  @Test
  @DisplayName("cannot be handed a file that only the service can read")
  void file() throws IOException {
    policy(
        "change: { program: /usr/bin/true, as: [user], users: { all: true },"
            + " args: [ { literal: --to }, { text: 20 } ] }");
    assertThat(found(WORKFLOW.replace("[--to, $word]", "[--to, $picture]")))
        .singleElement()
        .asString()
        .contains("an uploaded file can be read by the service alone");
  }

  @Test
  @DisplayName("are warned of without a launcher; a policy that is wrong or missing is an error")
  void without() throws IOException {
    assertThat(check(WORKFLOW).findings(false, policy))
        .singleElement()
        .satisfies(finding -> assertThat(finding.isError()).isFalse())
        .satisfies(finding -> assertThat(finding.text()).contains("no launcher is configured"));
    assertThat(found(WORKFLOW)).singleElement().asString().contains("there is no policy");
    policy("change: { nonsense: 1 }");
    assertThat(found(WORKFLOW)).isNotEmpty().allMatch(text -> text.contains("[LAUNCH_REFUSED]"));
  }
}
