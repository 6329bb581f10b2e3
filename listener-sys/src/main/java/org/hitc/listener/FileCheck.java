package org.hitc.listener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.i18n.Messages;
import org.hitc.listener.config.ConfigException;
import org.hitc.listener.config.Programs;
import org.hitc.workflow.yaml.Companions;
import org.hitc.workflow.yaml.KnownPrograms;
import org.hitc.workflow.yaml.Severity;
import org.hitc.workflow.yaml.WorkflowLoader;

/**
 * Checks definition files where nothing is installed: on the machine of whoever writes them. Who
 * owns the files does not matter there, because nothing is run.
 *
 * @param findings errors and warnings
 * @param notes what could not be checked
 */
public record FileCheck(List<Finding> findings, List<String> notes) {
  private static final String PROGRAMS = "programs.yaml";

  /** Where nothing is installed, there are no words of a site. */
  private static final Path NOWHERE = Path.of("/nonexistent");

  public FileCheck {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /**
   * Checks files.
   *
   * @param programs {@code programs.yaml}; absent: the one beside each file, if there is one
   * @throws IOException when something cannot be read
   */
  public static FileCheck of(List<Path> files, Optional<Path> programs) throws IOException {
    List<Finding> findings = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Messages product = Listener.site(NOWHERE, ZoneOffset.UTC).shipped();
    for (Path file : files) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        findings.add(
            Finding.error(file.toString(), "there is no file that can be read", "FILE_UNREADABLE"));
      } else {
        Optional<Path> beside =
            programs.or(() -> Optional.of(file.resolveSibling(PROGRAMS)).filter(Files::exists));
        if (beside.isEmpty()) {
          notes.add(
              file + ": names of programs are not checked: there is no " + PROGRAMS + " beside it");
        }
        try {
          KnownPrograms known =
              beside.isPresent() ? Programs.sketch(beside.get()) : KnownPrograms.unknown();
          Definitions.read(
              file, new WorkflowLoader(known), companions(file), _ -> List.of(), product, findings);
        } catch (ConfigException e) {
          e.problems().forEach(text -> findings.add(new Finding(Severity.ERROR, text)));
        }
      }
    }
    return new FileCheck(findings, notes);
  }

  /** The files beside a definition, whoever owns them. */
  static Companions companions(Path definition) {
    return name -> {
      Path file = definition.resolveSibling(name);
      try {
        return Files.isRegularFile(file)
            ? new Companions.Found.File(Files.readAllBytes(file))
            : new Companions.Found.Missing();
      } catch (IOException e) {
        return new Companions.Found.Refused(file + " cannot be read: " + e.getMessage());
      }
    };
  }
}
