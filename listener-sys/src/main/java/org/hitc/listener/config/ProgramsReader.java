package org.hitc.listener.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hitc.workflow.encoding.Encodings;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.RunAs;
import org.hitc.workflow.yaml.KnownPrograms;
import org.hitc.workflow.yaml.Place;
import org.hitc.workflow.yaml.Suggestion;
import org.hitc.workflow.yaml.YamlMap;
import org.hitc.workflow.yaml.YamlText;

/** Reads {@code programs.yaml}. What is not said has the defaults that stand here. */
final class ProgramsReader {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final int CONCURRENT = 8;
  private static final long MAX_OUTPUT = 10L << 20;
  private static final int MAX_ARGUMENT = 4_096;
  private static final int MAX_SECRET = 4_096;

  private static final Set<RunAs> SERVICE = Set.of(new RunAs.Service());
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]{0,63}");

  private final ConfigFile file;
  private final int reader;

  private ProgramsReader(ConfigFile file, int reader) {
    this.file = file;
    this.reader = reader;
  }

  static Programs read(ConfigFile file, int reader) throws IOException, ConfigException {
    ProgramsReader programs = new ProgramsReader(file, reader);
    Map<String, Program> byName = programs.all();
    file.finish();
    return new Programs(byName);
  }

  /** Names and limits alone. */
  static KnownPrograms sketch(YamlMap root) {
    Map<String, KnownPrograms.Registration> known = new LinkedHashMap<>();
    root.require("programs");
    Optional<YamlMap> entries = root.map("programs");
    for (String name : entries.map(YamlMap::keys).orElse(List.of())) {
      entries
          .flatMap(e -> e.map(name))
          .ifPresent(entry ->
              known.put(
                  name,
                  new KnownPrograms.Registration(
                      new Limits(
                          Optional.of(entry.duration("timeout").orElse(TIMEOUT)),
                          Optional.of(entry.bytes("max_output").orElse(MAX_OUTPUT)),
                          Optional.empty()),
                      runAs(entry))));
    }
    return KnownPrograms.of(known);
  }

  private Map<String, Program> all() throws IOException {
    YamlMap root = file.root();
    root.only("programs", "connections");
    root.require("programs");
    Map<String, Map<String, String>> connections = connections(root);
    Map<String, Program> programs = new LinkedHashMap<>();
    Optional<YamlMap> entries = root.map("programs");
    if (entries.isPresent()) {
      for (String name : entries.get().keys()) {
        Optional<YamlMap> entry = entries.get().map(name);
        if (entry.isPresent() && nameIsGood(entries.get(), name)) {
          program(name, entry.get(), connections).ifPresent(program -> programs.put(name, program));
        }
      }
    }
    return programs;
  }

  private boolean nameIsGood(YamlMap entries, String name) {
    if (NAME.matcher(name).matches()) {
      return true;
    }
    file.problem(
        entries.placeOf(name),
        "NAME_FORM",
        "'" + name + "' is no name of a program",
        "small letters, digits and _, a letter first");
    return false;
  }

  private Optional<Program> program(
      String name, YamlMap entry, Map<String, Map<String, String>> connections) throws IOException {
    entry.only(
        "path",
        "connect",
        "encoding",
        "timeout",
        "concurrent",
        "max_output",
        "max_argument",
        "cwd",
        "success_exit",
        "as",
        "break_after",
        "pause");
    entry.require("path");
    Optional<Path> path = file.path(entry, "path");
    if (path.isPresent()) {
      file.unsafe(entry.placeOf("path"), file.trust().program(path.get()));
    }
    Optional<Path> folder = file.path(entry, "cwd");
    if (folder.isPresent()) {
      file.unsafe(entry.placeOf("cwd"), file.trust().folder(folder.get()));
    }
    Map<String, String> environment = connection(entry, connections);
    Charset encoding = encoding(entry);
    Duration timeout = entry.duration("timeout").orElse(TIMEOUT);
    int concurrent = entry.integer("concurrent", 1, 10_000).orElse(CONCURRENT);
    long maxOutput = entry.bytes("max_output").orElse(MAX_OUTPUT);
    int maxArgument = entry.integer("max_argument", 1, 65_536).orElse(MAX_ARGUMENT);
    Set<Integer> success = success(entry);
    Set<RunAs> runAs = runAs(entry);
    if (entry.has("connect") && !runAs.equals(SERVICE)) {
      file.problem(
          entry.placeOf("connect"),
          "CONNECT_LAUNCHED",
          "what the launcher starts gets its environment from the launcher's policy alone",
          "remove connect, and say environment: in launcher.yaml");
    }
    Program.Breaker breaker =
        new Program.Breaker(
            entry.integer("break_after", 0, 1_000).orElse(Program.Breaker.DEFAULT.after()),
            entry.duration("pause").orElse(Program.Breaker.DEFAULT.pause()));
    return path.map(program ->
        new Program(
            name,
            program,
            environment,
            encoding,
            timeout,
            concurrent,
            maxOutput,
            maxArgument,
            folder,
            success,
            runAs,
            breaker));
  }

  /** Words of {@code as}: one, or several in a list. */
  private static Set<RunAs> runAs(YamlMap entry) {
    Set<RunAs> all = new HashSet<>();
    for (YamlText word : entry.oneOrMore("as")) {
      Optional<RunAs> as = RunAs.of(word.value());
      as.ifPresent(all::add);
      if (as.isEmpty()) {
        entry
            .problems()
            .add(
                word.place(),
                "AS_FORM",
                "nobody is called '" + word.value() + "'",
                "service, user (who signed in), or the name of an account");
      }
    }
    return all.isEmpty() ? SERVICE : all;
  }

  private Map<String, String> connection(
      YamlMap entry, Map<String, Map<String, String>> connections) {
    Optional<YamlText> name = entry.text("connect");
    if (name.isPresent() && !connections.containsKey(name.get().value())) {
      file.problem(
          name.get().place(),
          "CONNECTION_UNKNOWN",
          "there is no connection '" + name.get().value() + "'",
          "name one that stands under connections:");
    }
    return name.map(text -> connections.getOrDefault(text.value(), Map.of())).orElse(Map.of());
  }

  private Charset encoding(YamlMap entry) {
    Optional<YamlText> name = entry.text("encoding");
    if (name.isEmpty()) {
      return UTF_8;
    }
    Optional<Charset> charset = Encodings.find(name.get().value());
    if (charset.isPresent()) {
      return charset.get();
    }
    file.problem(
        name.get().place(),
        "ENCODING_UNKNOWN",
        "there is no character set '" + name.get().value() + "'",
        Suggestion.cure(name.get().value(), Encodings.NAMES));
    return UTF_8;
  }

  private Set<Integer> success(YamlMap entry) {
    if (!entry.has("success_exit")) {
      return Set.of(0);
    }
    Set<Integer> codes = new TreeSet<>();
    for (YamlText text : entry.texts("success_exit")) {
      if (text.value().matches("0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5]")) {
        codes.add(Integer.parseInt(text.value()));
      } else {
        file.problem(text.place(), "EXIT_FORM", "this is no exit code", "a number from 0 to 255");
      }
    }
    if (codes.isEmpty()) {
      file.problem(
          entry.placeOf("success_exit"), "EXIT_NONE", "no exit code means yes", "such as [0]");
      return Set.of(0);
    }
    return codes;
  }

  private Map<String, Map<String, String>> connections(YamlMap root) throws IOException {
    Map<String, Map<String, String>> connections = new LinkedHashMap<>();
    Optional<YamlMap> entries = root.map("connections");
    if (entries.isPresent()) {
      for (String name : entries.get().keys()) {
        Optional<YamlMap> entry = entries.get().map(name);
        if (entry.isPresent()) {
          connections.put(name, environment(entry.get()));
        }
      }
    }
    return connections;
  }

  private Map<String, String> environment(YamlMap entry) throws IOException {
    entry.only("env", "secret_env");
    Map<String, String> environment = new LinkedHashMap<>();
    Optional<YamlMap> plain = entry.map("env");
    if (plain.isPresent()) {
      for (String variable : plain.get().keys()) {
        if (variableIsGood(plain.get(), variable, environment)) {
          plain.get().text(variable).ifPresent(v -> environment.put(variable, v.value()));
        }
      }
    }
    Optional<YamlMap> secret = entry.map("secret_env");
    if (secret.isPresent()) {
      for (String variable : secret.get().keys()) {
        Optional<Path> from = file.path(secret.get(), variable);
        if (variableIsGood(secret.get(), variable, environment) && from.isPresent()) {
          secret(secret.get().placeOf(variable), from.get())
              .ifPresent(value -> environment.put(variable, value));
        }
      }
    }
    return environment;
  }

  private boolean variableIsGood(YamlMap map, String variable, Map<String, String> sofar) {
    boolean form = VARIABLE.matcher(variable).matches() && !variable.startsWith("HITC_");
    if (!form || sofar.containsKey(variable)) {
      file.problem(
          map.placeOf(variable),
          "VARIABLE_NAME",
          "'" + variable + "' cannot be set here",
          "capitals, digits and _; not HITC_...; each once");
      return false;
    }
    return true;
  }

  /** The content of a secret's file without its last line end; never part of a message. */
  private Optional<String> secret(Place place, Path from) throws IOException {
    List<String> unsafe = file.trust().secret(from, reader);
    file.unsafe(place, unsafe);
    if (!unsafe.isEmpty()) {
      return Optional.empty();
    }
    String value = Files.size(from) > MAX_SECRET ? "" : Files.readString(from, UTF_8);
    if (value.endsWith("\n")) {
      value = value.substring(0, value.length() - 1);
    }
    if (value.isEmpty() || value.chars().anyMatch(Character::isISOControl)) {
      file.problem(place, "SECRET_FORM", from + " holds no secret", "one line, not empty");
      return Optional.empty();
    }
    return Optional.of(value);
  }
}
