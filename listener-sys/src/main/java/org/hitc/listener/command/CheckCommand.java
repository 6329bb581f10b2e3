package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.hitc.listener.FileCheck;
import org.hitc.listener.Finding;
import org.hitc.listener.Listener;
import org.hitc.listener.config.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks everything that a start of the listener would check, and says all that is wrong. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks workflows and prints all problems at once: file:line:column, the line, a cure.",
      "With files (FILE.yaml), or with names of which NAME.yaml lies here: these files, without any",
      "installation. With other names: these workflows of the installation. With nothing: the whole",
      "installation, the hole and the programs too. Exit status 0: no error; 1: some."
    })
final class CheckCommand implements Callable<Integer> {
  private static final String YAML = ".yaml";

  @Parameters(paramLabel = "NAME", description = "a workflow, or its file")
  private List<String> names = List.of();

  @Option(names = "--config", description = "listener.yaml; default: /etc/hitc/listener.yaml")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--programs",
      description = "programs.yaml for files; default: the one beside each")
  private Optional<Path> programs = Optional.empty();

  @Option(names = "--try-out", description = "believe files of the user who runs this")
  private boolean tryOut;

  @Option(
      names = "--runs",
      description =
          "print what the workflows of the installation run: each program, as whom, with what")
  private boolean runs;

  @Override
  public Integer call() throws IOException, ConfigException {
    if (runs) {
      Listener.runs(installation(), tryOut, Set.copyOf(names)).forEach(System.out::println);
      return 0;
    }
    List<Finding> findings = config.isEmpty() && isFiles() ? files() : installed();
    findings.forEach(finding -> System.out.println(finding.text()));
    System.out.println(summary(findings));
    return findings.stream().anyMatch(Finding::isError) ? 1 : 0;
  }

  private boolean isFiles() {
    boolean allHere = !names.isEmpty() && names.stream().allMatch(name -> Files.exists(file(name)));
    return allHere || names.stream().anyMatch(name -> name.endsWith(YAML)) || programs.isPresent();
  }

  private static Path file(String name) {
    return Path.of(name.endsWith(YAML) ? name : name + YAML);
  }

  private List<Finding> files() throws IOException {
    FileCheck check = FileCheck.of(names.stream().map(CheckCommand::file).toList(), programs);
    check.notes().forEach(System.out::println);
    return check.findings();
  }

  private List<Finding> installed() throws IOException {
    return Listener.check(installation(), tryOut, Set.copyOf(names));
  }

  private Path installation() throws IOException {
    Path file = config.orElse(Path.of("/etc/hitc/listener.yaml")).toAbsolutePath();
    if (config.isEmpty() && !Files.exists(file)) {
      throw new IOException(
          "nothing is installed here (there is no "
              + file
              + "); name a file: hitc check FILE.yaml, or say --config FILE");
    }
    return file;
  }

  /** {@code ok}, or how many of each. */
  private static String summary(List<Finding> findings) {
    long errors = findings.stream().filter(Finding::isError).count();
    long warnings = findings.size() - errors;
    if (findings.isEmpty()) {
      return "ok";
    }
    String counted = errors == 0 ? "ok" : counted(errors, "error");
    return warnings == 0 ? counted : counted + ", " + counted(warnings, "warning");
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
