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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.i18n.Layer;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;
import org.hitc.i18n.Problem;
import org.hitc.listener.config.SafePath;
import org.hitc.listener.desk.Definition;
import org.hitc.workflow.model.Workflow;
import org.hitc.workflow.yaml.Companions;
import org.hitc.workflow.yaml.Loaded;
import org.hitc.workflow.yaml.WorkflowLoader;

/**
 * Reads the definition files of a folder, all of them, and says all that is wrong with them.
 *
 * @param byName what can be used
 * @param broken names of the files, without their ending, that cannot
 * @param problems why not, in words for whoever wrote them
 */
public record Definitions(
    Map<String, Definition> byName, Set<String> broken, List<String> problems) {
  public Definitions {
    byName = Map.copyOf(byName);
    broken = Set.copyOf(broken);
    problems = List.copyOf(problems);
  }

  /**
   * Reads them.
   *
   * @param folder with {@code NAME.yaml}, and the words of each in {@code NAME/messages}
   * @param trust who may own what is believed
   * @param programs names of the registered programs
   * @throws IOException when the folder cannot be read
   */
  public static Definitions load(
      Path folder, SafePath trust, Set<String> programs, Messages product) throws IOException {
    List<String> problems = new ArrayList<>(trust.folder(folder));
    List<Path> files = files(folder);
    if (!problems.isEmpty()) {
      return new Definitions(
          Map.of(), files.stream().map(Definitions::name).collect(Collectors.toSet()), problems);
    }
    Map<String, Definition> found = new TreeMap<>();
    Set<String> broken = new TreeSet<>();
    WorkflowLoader loader = new WorkflowLoader(programs);
    for (Path file : files) {
      int before = problems.size();
      read(file, loader, trust, product, problems).ifPresent(d -> found.put(name(file), d));
      if (problems.size() > before) {
        found.remove(name(file));
        broken.add(name(file));
      }
    }
    return new Definitions(found, broken, problems);
  }

  private static Optional<Definition> read(
      Path file, WorkflowLoader loader, SafePath trust, Messages product, List<String> problems)
      throws IOException {
    List<String> unsafe = trust.configuration(file);
    problems.addAll(unsafe);
    if (!unsafe.isEmpty()) {
      return Optional.empty();
    }
    Path folder = Optional.ofNullable(file.getParent()).orElseThrow();
    return switch (loader.load(
        file.toString(), Files.readAllBytes(file), companions(folder, trust))) {
      case Loaded.Bad(var bad) -> {
        bad.forEach(problem -> problems.add(problem.format()));
        yield Optional.empty();
      }
      case Loaded.Good(Workflow workflow) when !workflow.name().equals(name(file)) -> {
        problems.add(
            file
                + ": the workflow is called "
                + workflow.name()
                + "; the file must be "
                + workflow.name()
                + ".yaml");
        yield Optional.empty();
      }
      case Loaded.Good(Workflow workflow) ->
          words(folder.resolve(workflow.name()).resolve("messages"), product, problems)
              .map(words -> Definition.of(workflow, words));
    };
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

  private static Optional<Messages> words(Path folder, Messages product, List<String> problems) {
    return switch (product.with(List.of(new Layer.Workflow(folder)))) {
      case Loading.Loaded(Messages messages) -> Optional.of(messages);
      case Loading.Refused(List<Problem> wrong) -> {
        wrong.forEach(problem -> problems.add(problem.toString()));
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
