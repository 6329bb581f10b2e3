package org.hitc.listener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.i18n.Layer;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;
import org.hitc.i18n.Problem;
import org.hitc.listener.desk.Definition;
import org.hitc.listener.launcher.SafePath;
import org.hitc.workflow.model.Workflow;
import org.hitc.workflow.yaml.Checked;
import org.hitc.workflow.yaml.Companions;
import org.hitc.workflow.yaml.KnownPrograms;
import org.hitc.workflow.yaml.WorkflowLoader;

/**
 * Reads the definition files of a folder, all of them, and says all that is wrong with them.
 *
 * @param byName what can be used
 * @param broken names of the files, without their ending, that cannot
 * @param findings why not, and warnings, in words for whoever wrote them
 */
public record Definitions(
    Map<String, Definition> byName, Set<String> broken, List<Finding> findings) {
  public Definitions {
    byName = Map.copyOf(byName);
    broken = Set.copyOf(broken);
    findings = List.copyOf(findings);
  }

  /** Why those that are broken cannot be used. */
  public List<String> problems() {
    return findings.stream().filter(Finding::isError).map(Finding::text).toList();
  }

  /**
   * Reads them.
   *
   * @param folder with {@code NAME.yaml}, and the words of each in {@code NAME/messages}
   * @param trust who may own what is believed
   * @param programs those that may be named
   * @throws IOException when the folder cannot be read
   */
  public static Definitions load(
      Path folder, SafePath trust, KnownPrograms programs, Messages product) throws IOException {
    return load(folder, trust, programs, product, _ -> true);
  }

  /**
   * Reads some of them.
   *
   * @param names names of the files, without their ending
   */
  static Definitions load(
      Path folder,
      SafePath trust,
      KnownPrograms programs,
      Messages product,
      Predicate<String> names)
      throws IOException {
    List<Path> files = files(folder).stream().filter(f -> names.test(name(f))).toList();
    List<Finding> findings = unsafe(folder, trust.folder(folder));
    if (!findings.isEmpty()) {
      return new Definitions(
          Map.of(), files.stream().map(Definitions::name).collect(Collectors.toSet()), findings);
    }
    Map<String, Definition> found = new TreeMap<>();
    Set<String> broken = new TreeSet<>();
    WorkflowLoader loader = new WorkflowLoader(programs);
    for (Path file : files) {
      List<Finding> own = new ArrayList<>();
      Optional<Definition> definition = read(file, loader, trust, product, own);
      if (own.stream().anyMatch(Finding::isError)) {
        broken.add(name(file));
      } else {
        definition.ifPresent(d -> found.put(name(file), d));
      }
      findings.addAll(own);
    }
    return new Definitions(found, broken, findings);
  }

  private static List<Finding> unsafe(Path file, List<String> reasons) {
    return reasons.stream()
        .map(reason -> Finding.error(file.toString(), reason, "PATH_UNSAFE"))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Optional<Definition> read(
      Path file, WorkflowLoader loader, SafePath trust, Messages product, List<Finding> findings)
      throws IOException {
    findings.addAll(unsafe(file, trust.configuration(file)));
    if (!findings.isEmpty()) {
      return Optional.empty();
    }
    Path folder = Optional.ofNullable(file.getParent()).orElseThrow();
    return read(file, loader, companions(folder, trust), trust::configuration, product, findings);
  }

  /**
   * Reads one file that is believed, with its words.
   *
   * @param trust who may have written the words
   */
  static Optional<Definition> read(
      Path file,
      WorkflowLoader loader,
      Companions companions,
      WorkflowWords.Trust trust,
      Messages product,
      List<Finding> findings)
      throws IOException {
    Optional<Checked> checked = check(file, loader, companions, findings);
    Optional<Workflow> workflow = checked.flatMap(Checked::workflow);
    if (checked.isEmpty() || workflow.isEmpty()) {
      return Optional.empty();
    }
    Texts texts = Texts.of(file, workflow.get(), checked.get().lines());
    return WorkflowWords.read(texts, trust, findings)
        .flatMap(words -> with(words, product, findings))
        .map(messages -> Definition.of(workflow.get(), messages));
  }

  /** Reads one file that is believed, without its words. */
  static Optional<Checked> check(
      Path file, WorkflowLoader loader, Companions companions, List<Finding> findings)
      throws IOException {
    Checked checked = loader.check(file.toString(), Files.readAllBytes(file), companions);
    checked.problems().forEach(problem -> findings.add(Finding.of(problem)));
    if (checked.workflow().isEmpty()) {
      return Optional.empty();
    }
    Workflow workflow = checked.workflow().get();
    if (!workflow.name().equals(name(file))) {
      findings.add(
          Finding.error(
              file.toString(),
              "the workflow is called "
                  + workflow.name()
                  + "; the file must be "
                  + workflow.name()
                  + ".yaml",
              "FILE_NAME"));
      return Optional.empty();
    }
    return Optional.of(checked);
  }

  /** The name that a workflow of this file must have. */
  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.yaml$", "");
  }

  /** The files beside the definitions, believed as these are. */
  private static Companions companions(Path folder, SafePath trust) {
    return name -> {
      Path file = folder.resolve(name);
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return new Companions.Found.Missing();
      }
      try {
        List<String> unsafe = trust.configuration(file);
        return unsafe.isEmpty()
            ? new Companions.Found.File(Files.readAllBytes(file))
            : new Companions.Found.Refused(String.join("; ", unsafe));
      } catch (IOException e) {
        return new Companions.Found.Refused(file + " cannot be read: " + e.getMessage());
      }
    };
  }

  private static Optional<Messages> with(Layer words, Messages product, List<Finding> findings) {
    return switch (product.with(List.of(words))) {
      case Loading.Loaded(Messages messages) -> Optional.of(messages);
      case Loading.Refused(List<Problem> wrong) -> {
        wrong.forEach(
            problem -> findings.add(Finding.error(problem.file(), problem.words(), "WORDS_FILE")));
        yield Optional.empty();
      }
    };
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
