package org.hitc.listener.config;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.hitc.channel.codec.RequestCodec;
import org.hitc.listener.launcher.SafePath;
import org.hitc.session.store.PostgresSettings;
import org.hitc.workflow.yaml.YamlMap;
import org.hitc.workflow.yaml.YamlText;

/**
 * The listener's own configuration: {@code listener.yaml}.
 *
 * @param instance name of this installation, part of every token and of every program's environment
 * @param root the chroot
 * @param webSide numeric user id of the gateway
 * @param sysSide numeric user id of the listener
 * @param group numeric group id of exactly these two
 * @param state folder of the embedded store, the keys and the audit log
 * @param programs {@code programs.yaml}
 * @param workflows folder of the definition files
 * @param signIn how users sign in
 * @param launcher folder of the launcher's sockets, where steps may run as the user
 * @param audit files of the audit log
 * @param zone of dates, of times and of programs
 * @param node this listener among those of the installation, and what they share
 * @param tryOut true when everything runs as one ordinary user, without a chroot
 */
public record ListenerConfig(
    String instance,
    Path root,
    int webSide,
    int sysSide,
    int group,
    Path state,
    Path programs,
    Path workflows,
    SignInConfig signIn,
    Optional<Path> launcher,
    AuditFiles audit,
    ZoneId zone,
    SessionLimits sessions,
    HoleLimits hole,
    Node node,
    boolean tryOut) {

  /** A token is renewed after so long. */
  private static final Duration SHORTEST_IDLE = Duration.ofMinutes(5);

  /** What people may choose at the sign-in. */
  private static final Duration LONGEST_IDLE = Duration.ofHours(5);

  private static final Duration LONGEST_ABSOLUTE = Duration.ofDays(7);

  /**
   * Where the audit log is.
   *
   * @param log the file that is written to; earlier parts lie beside it
   * @param checkpoints where its checkpoints are exported to
   */
  public record AuditFiles(Path log, Path checkpoints) {}

  /**
   * How long a session may live.
   *
   * @param idle a session ends when it was not used for so long
   * @param absolute and in any case after so long
   */
  public record SessionLimits(Duration idle, Duration absolute) {}

  /**
   * One listener among several.
   *
   * @param name such as {@code main}
   * @param files folder of printouts and uploaded files
   * @param server where the nodes' common store is; nothing: the store is embedded, and there is
   *     one node
   */
  public record Node(String name, Path files, Optional<PostgresSettings> server) {}

  /**
   * How much is served at once.
   *
   * @param requests how many requests are handled at once; 256 more may wait
   * @param jobs how many jobs run or wait at once
   * @param request largest request file, in bytes
   * @param stall a reader that takes nothing for so long is cut off
   */
  public record HoleLimits(int requests, int jobs, long request, Duration stall) {}

  /**
   * Reads the file.
   *
   * @param trust who may own what is believed
   * @throws ConfigException with all that is wrong
   */
  public static ListenerConfig load(Path path, SafePath trust, Users system)
      throws IOException, ConfigException {
    ConfigFile file = ConfigFile.open(path, trust);
    YamlMap map = file.root();
    map.only(
        "instance",
        "root",
        "web_side",
        "sys_side",
        "group",
        "state",
        "programs",
        "workflows",
        "users",
        "sign_in",
        "authenticator",
        "launcher",
        "audit",
        "time_zone",
        "sessions",
        "limits",
        "node",
        "files",
        "store",
        "try_out");
    map.require(
        "instance", "root", "web_side", "sys_side", "group", "state", "programs", "workflows");
    String instance = instance(file, map);
    Path root = path(file, map, "root");
    int webSide =
        id(file, map, "web_side", map.text("web_side").map(YamlText::value).flatMap(system::user));
    int sysSide =
        id(file, map, "sys_side", map.text("sys_side").map(YamlText::value).flatMap(system::user));
    int group =
        id(file, map, "group", map.text("group").map(YamlText::value).flatMap(system::group));
    boolean tryOut = map.bool("try_out").orElse(false);
    if (!tryOut && webSide == sysSide && map.has("sys_side")) {
      file.problem(
          map.placeOf("sys_side"),
          "SIDES_EQUAL",
          "web_side and sys_side are the same user",
          "give each its own, or say try_out: true");
    }
    Path state = path(file, map, "state");
    ListenerConfig config =
        new ListenerConfig(
            instance,
            root,
            webSide,
            sysSide,
            group,
            state,
            path(file, map, "programs"),
            path(file, map, "workflows"),
            SignInConfig.read(file, map),
            file.path(map, "launcher"),
            audit(file, map, state),
            zone(file, map),
            sessions(file, map),
            hole(file, map),
            NodeReader.read(file, map, path(file, map, "state"), sysSide),
            tryOut);
    file.finish();
    return config;
  }

  private static String instance(ConfigFile file, YamlMap map) {
    Optional<YamlText> text = map.text("instance");
    if (text.filter(t -> !t.value().matches("[a-z0-9][a-z0-9.-]{0,62}")).isPresent()) {
      file.problem(
          text.get().place(),
          "NAME_FORM",
          "this is no name of an instance",
          "such as fis.example.org");
    }
    return text.map(YamlText::value).orElse("");
  }

  /** Something absolute in any case; what is wrong is a problem of the file. */
  private static Path path(ConfigFile file, YamlMap map, String key) {
    return file.path(map, key).orElse(Path.of("/"));
  }

  /** The number of a user or a group; what is wrong is a problem of the file. */
  static int id(ConfigFile file, YamlMap map, String key, Optional<Integer> found) {
    if (found.isEmpty() && map.has(key)) {
      file.problem(
          map.placeOf(key),
          "USER_UNKNOWN",
          "'" + key + "' is not known to the system",
          "a name or a number");
    }
    return found.orElse(-1);
  }

  private static ZoneId zone(ConfigFile file, YamlMap map) {
    Optional<YamlText> text = map.text("time_zone");
    try {
      return ZoneId.of(text.map(YamlText::value).orElse("UTC"));
    } catch (DateTimeException _) {
      file.problem(
          map.placeOf("time_zone"),
          "ZONE_UNKNOWN",
          "this is no time zone",
          "such as Europe/Berlin");
      return ZoneId.of("UTC");
    }
  }

  private static AuditFiles audit(ConfigFile file, YamlMap map, Path state) {
    Optional<YamlMap> audit = map.map("audit");
    audit.ifPresent(a -> a.only("log", "checkpoints"));
    return new AuditFiles(
        audit.flatMap(a -> file.path(a, "log")).orElse(state.resolve("audit.log")),
        audit.flatMap(a -> file.path(a, "checkpoints")).orElse(state.resolve("audit.checkpoints")));
  }

  private static SessionLimits sessions(ConfigFile file, YamlMap map) {
    Optional<YamlMap> limits = map.map("sessions");
    limits.ifPresent(l -> l.only("idle", "absolute"));
    return new SessionLimits(
        limit(file, limits, "idle", Duration.ofMinutes(30), SHORTEST_IDLE, LONGEST_IDLE),
        limit(file, limits, "absolute", Duration.ofHours(10), LONGEST_IDLE, LONGEST_ABSOLUTE));
  }

  private static Duration limit(
      ConfigFile file,
      Optional<YamlMap> limits,
      String key,
      Duration otherwise,
      Duration least,
      Duration most) {
    Duration limit = limits.flatMap(l -> l.duration(key)).orElse(otherwise);
    if (limit.compareTo(least) < 0 || limit.compareTo(most) > 0 || limit.toMillisPart() != 0) {
      file.problem(
          limits.orElseThrow().placeOf(key),
          "VALUE_FORM",
          "a session cannot have this limit",
          "from %dm to %dm, in whole seconds".formatted(least.toMinutes(), most.toMinutes()));
      return otherwise;
    }
    return limit;
  }

  private static HoleLimits hole(ConfigFile file, YamlMap map) {
    Optional<YamlMap> limits = map.map("limits");
    limits.ifPresent(l -> l.only("requests", "jobs", "request", "stall"));
    Optional<Long> request = limits.flatMap(l -> l.bytes("request"));
    if (request.filter(bytes -> bytes > RequestCodec.MAX_BYTES).isPresent()) {
      file.problem(
          limits.get().placeOf("request"),
          "VALUE_FORM",
          "no request file may be larger than 1 MiB",
          "at most 1MiB");
    }
    return new HoleLimits(
        limits.flatMap(l -> l.integer("requests", 1, 100_000)).orElse(64),
        limits.flatMap(l -> l.integer("jobs", 1, 100_000)).orElse(1_024),
        request.orElse((long) RequestCodec.MAX_BYTES),
        limits.flatMap(l -> l.duration("stall")).orElse(Duration.ofSeconds(30)));
  }
}
