package org.hitc.listener.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hitc.channel.Refusal;
import org.hitc.listener.config.Program;
import org.hitc.listener.launcher.os.ProcessCalls;

/** Starts one program by one {@code posix_spawn}. Safe for threads. */
final class Spawner {
  private static final int MAX_ARGUMENTS = 256;

  /** Of all arguments and the environment together; the kernel's own limit is far above. */
  private static final int MAX_TOTAL = 256 * 1024;

  /** Of one environment entry; the kernel's own limit is 131,072. */
  private static final int MAX_VARIABLE = 32 * 1024;

  private static final Path ROOT = Path.of("/");

  private final String instance;
  private final String node;
  private final String timeZone;
  private final LiveJobs live;
  private final MemorySegment attributes = ProcessCalls.attributes(Arena.ofAuto());

  Spawner(String instance, String node, String timeZone, LiveJobs live) {
    this.instance = instance;
    this.node = node;
    this.timeZone = timeZone;
    this.live = live;
  }

  /**
   * Starts it. The caller keeps and closes the three descriptors.
   *
   * @throws SpawnException ARG_*: not encodable or too long; BUSY: no process or memory free;
   *     JOB_START: cannot be executed
   */
  Child start(Job job, Step step, int stdin, int stdout, int stderr) throws SpawnException {
    if (Math.min(stdin, Math.min(stdout, stderr)) <= 2) {
      throw new IllegalArgumentException("descriptors 0 to 2 of the listener must be open");
    }
    Program program = step.program();
    List<byte[]> argv = arguments(program, step.args());
    List<byte[]> environment = environment(job, program);
    if (size(argv) + size(environment) > MAX_TOTAL) {
      throw new SpawnException(Refusal.ARG_LEN, "arguments are too long together");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment arguments = vector(arena, argv);
      MemorySegment path = arguments.getAtIndex(ValueLayout.ADDRESS, 0);
      MemorySegment variables = vector(arena, environment);
      MemorySegment folder = arena.allocateFrom(program.folder().orElse(ROOT).toString());
      live.starts().readLock().lock();
      try {
        int pid =
            ProcessCalls.spawn(
                arena, attributes, path, arguments, variables, folder, stdin, stdout, stderr);
        if (pid < 0) {
          throw failure(-pid);
        }
        SpawnedChild child = new SpawnedChild(pid, live);
        live.enter(child);
        return child;
      } finally {
        live.starts().readLock().unlock();
      }
    }
  }

  private static SpawnException failure(int errno) {
    return switch (errno) {
      case ProcessCalls.EAGAIN, ProcessCalls.ENOMEM, ProcessCalls.EMFILE, ProcessCalls.ENFILE ->
          new SpawnException(Refusal.BUSY, "posix_spawn: errno " + errno);
      default -> new SpawnException(Refusal.JOB_START, "posix_spawn: errno " + errno);
    };
  }

  private static List<byte[]> arguments(Program program, List<String> args) throws SpawnException {
    if (args.size() > MAX_ARGUMENTS) {
      throw new SpawnException(Refusal.ARG_LEN, "more than " + MAX_ARGUMENTS + " arguments");
    }
    List<byte[]> argv = new ArrayList<>(args.size() + 1);
    argv.add(StrictText.terminated(program.path().toString(), UTF_8, MAX_VARIABLE));
    Charset encoding = program.encoding();
    for (String arg : args) {
      argv.add(StrictText.terminated(arg, encoding, program.maxArgument()));
    }
    return argv;
  }

  /** From nothing: nothing of the listener's own environment reaches a program. */
  private List<byte[]> environment(Job job, Program program) throws SpawnException {
    Map<String, String> variables = new TreeMap<>();
    variables.put("PATH", "/usr/bin:/bin");
    variables.put("LANG", "C.UTF-8");
    variables.put("TZ", timeZone);
    variables.putAll(program.environment());
    variables.put(Orphans.INSTANCE, instance);
    variables.put(Orphans.NODE, node);
    variables.put(Orphans.JOB, job.reference());
    variables.put("HITC_USER", job.user());
    variables.put("HITC_LANGUAGE", job.language());
    List<byte[]> environment = new ArrayList<>(variables.size());
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String entry = variable.getKey() + "=" + variable.getValue();
      environment.add(StrictText.terminated(entry, UTF_8, MAX_VARIABLE));
    }
    return environment;
  }

  private static int size(List<byte[]> strings) {
    return strings.stream().mapToInt(s -> s.length + Long.BYTES).sum();
  }

  /** A NULL-terminated array of C strings. */
  private static MemorySegment vector(Arena arena, List<byte[]> strings) {
    MemorySegment vector = arena.allocate(ValueLayout.ADDRESS, strings.size() + 1L);
    for (int i = 0; i < strings.size(); i++) {
      byte[] string = strings.get(i);
      MemorySegment copy = arena.allocate(string.length);
      MemorySegment.copy(string, 0, copy, ValueLayout.JAVA_BYTE, 0, string.length);
      vector.setAtIndex(ValueLayout.ADDRESS, i, copy);
    }
    return vector;
  }
}
