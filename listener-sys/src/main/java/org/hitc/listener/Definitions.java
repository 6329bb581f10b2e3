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
 * @param problems what cannot, in words for whoever wrote it
 */
public record Definitions(Map<String, Definition> byName, List<String> problems) {
  public Definitions {
    byName = Map.copyOf(byName);
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
    if (!problems.isEmpty()) {
      return new Definitions(Map.of(), problems);
    }
    Map<String, Definition> found = new TreeMap<>();
    WorkflowLoader loader = new WorkflowLoader(programs);
    for (Path file : files(folder)) {
      List<String> unsafe = trust.configuration(file);
      problems.addAll(unsafe);
      if (unsafe.isEmpty()) {
        switch (loader.load(file.toString(), Files.readAllBytes(file), companions(folder, trust))) {
          case Loaded.Bad(var bad) -> bad.forEach(problem -> problems.add(problem.format()));
          case Loaded.Good(Workflow workflow) ->
              words(folder.resolve(workflow.name()).resolve("messages"), product, problems)
                  .ifPresent(words -> add(found, Definition.of(workflow, words), file, problems));
        }
      }
    }
    return new Definitions(found, problems);
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

  private static void add(
      Map<String, Definition> found, Definition definition, Path file, List<String> problems) {
    String name = definition.workflow().name();
    if (!file.getFileName().toString().equals(name + ".yaml")) {
      problems.add(
          file + ": the workflow is called " + name + "; the file must be " + name + ".yaml");
    } else {
      found.put(name, definition);
    }
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
