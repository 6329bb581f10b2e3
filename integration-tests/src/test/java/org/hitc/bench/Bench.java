package org.hitc.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.it.Browser;
import org.hitc.it.Product;

/**
 * {@code ./hitc bench [NAME ...]}: measures P1, P2, P4, P5, P7, P9, P10 and P12 of {@code
 * docs/reference/benchmarks.md} and prints one table. Both sides of each ratio take turns, round by
 * round.
 */
public final class Bench {
  private static final int ROUNDS = 5;
  private static final int HOLE_REQUESTS = 2_000;
  private static final int SPAWNS = 400;
  private static final int LAUNCHES = 60;
  private static final int VERIFICATIONS = 2_000;
  private static final long CACHED_NANOS = 2_000;
  private static final int REPORTS = 15;
  private static final int TRACED = 5;
  private static final int IDLE_SECONDS = 5;
  private static final int CHECKS = 2_000;
  private static final int FEW_SESSIONS = 100;
  private static final int SOME_SESSIONS = 1_000;
  private static final int MANY_SESSIONS = 10_000;
  private static final int ALL_SESSIONS = 1_000_000;
  private static final int FORMS = 1_000;
  private static final long FORM_NANOS = 1_000_000;
  private static final int CANNOT = 77;
  private static final int FEW_LINES = 10_000;
  private static final int MANY_LINES = 1_000_000;
  private static final String SMALL_HEAP = "-Xmx16m";
  private static final Path SOURCES = Product.checkout().resolve("integration-tests/src/bench");
  private static final Pattern NUMBER = Pattern.compile("\\s*VmRSS:\\s*(\\d+) kB");

  private final Path folder;
  private final Product product;
  private final List<String> said = new ArrayList<>();

  private Bench(Path folder, Product product) {
    this.folder = folder;
    this.product = product;
  }

  /** What this machine lacks. */
  private static final class NotHereException extends Exception {
    private static final long serialVersionUID = 1;

    NotHereException(String why) {
      super(why);
    }
  }

  private interface Measure {
    Row take() throws Exception;
  }

  /** Measures those that are named, or all. */
  public static void main(String[] names) throws Exception {
    List<String> known = List.of("P1", "P2", "P4", "P5", "P7", "P9", "P10", "P12");
    List<String> wanted =
        names.length == 0
            ? known
            : Stream.of(names).map(name -> name.toUpperCase(Locale.ROOT)).toList();
    if (!known.containsAll(wanted)) {
      System.err.println("hitc bench: there are " + String.join(", ", known) + " only");
      System.exit(2);
    }
    Path memory = Path.of("/dev/shm");
    // As the product's spool: a file system in memory, where there is one.
    Path folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "hitc-bench-")
            : Files.createTempDirectory("hitc-bench-");
    // Also after Ctrl-C: Apache would go on, and its user would stay.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(folder)));
    long before = System.nanoTime();
    try (Product product = Product.start()) {
      long ready = System.nanoTime() - before;
      new Bench(folder, product).all(wanted, ready);
    }
  }

  private static void cleanUp(Path folder) {
    Path apache = folder.resolve("apache");
    try {
      if (Files.exists(apache)) {
        tool(SOURCES.resolve("apache").toString(), "stop", apache.toString());
      }
      remove(folder);
    } catch (Exception e) {
      System.err.println("hitc bench: " + folder + " could not be removed: " + e.getMessage());
    }
  }

  private void all(List<String> wanted, long ready) throws Exception {
    TimeUnit.SECONDS.sleep(IDLE_SECONDS);
    said.add("start to Ready: " + Row.time(ready) + "; resident when idle: " + resident());
    List<String> table = new ArrayList<>(List.of(Row.HEAD));
    Map<String, Measure> measures =
        Map.of(
            "P1", this::hole,
            "P2", this::report,
            "P4", this::spawn,
            "P5", this::launch,
            "P7", this::check,
            "P9", this::extract,
            "P10", this::verify,
            "P12", this::messages);
    for (String name : wanted) {
      System.err.println("measuring " + name + " ...");
      try {
        table.add(Optional.ofNullable(measures.get(name)).orElseThrow().take().lines());
      } catch (NotHereException e) {
        table.add(new Row.Missing(name, String.valueOf(e.getMessage())).line());
      }
    }
    String load = Files.readString(Path.of("/proc/loadavg"), StandardCharsets.UTF_8).strip();
    said.add(Runtime.getRuntime().availableProcessors() + " processors; load at the end: " + load);
    table.addAll(said);
    System.out.println(String.join("\n", table));
  }

  /** P1: a request through the hole and back, no program. */
  private Row hole() throws Exception {
    Path floor = floor();
    Path root = Files.createDirectory(folder.resolve("root"));
    List<Times> ours = new ArrayList<>();
    List<Times> theirs = new ArrayList<>();
    try (Child _ = Child.start(java("listener"), "answer", root);
        Child asker = Child.start(java("gateway"), "ask", root)) {
      asker.times(5 * HOLE_REQUESTS);
      for (int round = 0; round < ROUNDS; round++) {
        ours.add(asker.times(HOLE_REQUESTS));
        // A new one each time: the floor ends without waiting for its answerer's last removal.
        String own = Files.createTempDirectory(folder, "floor-").toString();
        theirs.add(floor(floor, "hole", Integer.toString(HOLE_REQUESTS), own).getFirst());
      }
    }
    Times our = Times.middle(ours);
    Times their = Times.middle(theirs);
    return new Row(
        "P1",
        "hole " + both(our),
        "C " + both(their),
        ratio(our, their),
        2.0,
        List.of(
            String.format(
                Locale.ROOT, "p99 ratio %.2f", (double) our.p99Nanos() / their.p99Nanos())));
  }

  /** P4: a program started and its output read. */
  private Row spawn() throws Exception {
    Path floor = floor();
    Path line = folder.resolve("line");
    List<Times> ours = new ArrayList<>();
    List<Times> theirs = new ArrayList<>();
    try (Child worker = Child.start(java("listener"), "spawn", line)) {
      worker.times(5 * SPAWNS);
      for (int round = 0; round < ROUNDS; round++) {
        ours.add(worker.times(SPAWNS));
        theirs.add(floor(floor, "spawn", Integer.toString(SPAWNS), line.toString()).getFirst());
      }
    }
    Times our = Times.middle(ours);
    Times their = Times.middle(theirs);
    return new Row(
        "P4", "runner " + both(our), "C " + both(their), ratio(our, their), 1.25, List.of());
  }

  /** P5: a program started as another user, and its output read. */
  private Row launch() throws Exception {
    if (!Product.isReal()) {
      throw new NotHereException("only root can be a launcher");
    }
    if (!Files.isExecutable(Launches.SUDO)) {
      throw new NotHereException("sudo is not installed");
    }
    List<Times> ours = new ArrayList<>();
    List<Times> theirs = new ArrayList<>();
    // Not in the folder of the others: it lies in one that everybody may write to.
    Path place = Files.createTempDirectory("hitc-launches-");
    try (Launches launches = Launches.start(Files.createDirectory(place.resolve("launcher")))) {
      launches.ours(LAUNCHES);
      for (int round = 0; round < ROUNDS; round++) {
        ours.add(launches.ours(LAUNCHES));
        theirs.add(launches.sudo(LAUNCHES));
      }
    } finally {
      remove(place);
    }
    Times our = Times.middle(ours);
    Times their = Times.middle(theirs);
    return new Row(
        "P5", "launcher " + both(our), "sudo " + both(their), ratio(our, their), 0.6, List.of());
  }

  /** P2: a signed-in report over HTTP. */
  private Row report() throws Exception {
    if (!Product.isReal()) {
      throw new NotHereException("suEXEC can only be set up by root");
    }
    Path floor = floor();
    Path programs = Product.distribution().resolve("examples/programs");
    Path apacheFolder = Files.createDirectory(folder.resolve("apache"));
    int port = freePort();
    Path apache = SOURCES.resolve("apache");
    tool(
        apache.toString(),
        "start",
        apacheFolder.toString(),
        Integer.toString(port),
        programs.toString());
    Browser anna = new Browser(product.site()).signIn("anna");
    HttpClient client = HttpClient.newHttpClient();
    URI script = URI.create("http://127.0.0.1:" + port + "/report");
    List<Times> ours = new ArrayList<>();
    List<Times> theirs = new ArrayList<>();
    List<Times> bare = new ArrayList<>();
    reports(anna, REPORTS);
    said.add("resident after " + REPORTS + " reports: " + resident());
    reports(anna, 2 * REPORTS);
    scripts(client, script, REPORTS);
    long[] ticks = {cpu("gateway"), cpu("listener")};
    for (int round = 0; round < ROUNDS; round++) {
      ours.add(reports(anna, REPORTS));
      theirs.add(scripts(client, script, REPORTS));
      bare.add(
          floor(floor, "chain", Integer.toString(REPORTS), "1", programs.toString()).getLast());
    }
    double each = 10.0 / (ROUNDS * REPORTS);
    List<String> notes = new ArrayList<>();
    notes.add(
        String.format(
            Locale.ROOT,
            "the three programs alone, from C: %s; a report costs the gateway %.2f and the"
                + " listener %.2f ms of processor (the form before it included)",
            Row.time(Times.middle(bare).medianNanos()),
            (cpu("gateway") - ticks[0]) * each,
            (cpu("listener") - ticks[1]) * each));
    notes.add(traced(anna));
    Times our = Times.middle(ours);
    Times their = Times.middle(theirs);
    return new Row(
        "P2", "report " + both(our), "suEXEC " + both(their), ratio(our, their), 0.7, notes);
  }

  /** P7: a request through the hole, its token checked, with few sessions and with very many. */
  private Row check() throws Exception {
    Path all = folder.resolve("all.db");
    List<Times> few = new ArrayList<>();
    List<Times> most = new ArrayList<>();
    Path hundredRoot = Files.createDirectory(folder.resolve("hundred"));
    Path millionRoot = Files.createDirectory(folder.resolve("million"));
    try (Child _ = answering(hundredRoot, "of-hundred.db", FEW_SESSIONS, 0);
        Child hundred = Child.start(java("gateway"), "ask", hundredRoot);
        Child _ = answering(millionRoot, "all.db", MANY_SESSIONS, ALL_SESSIONS - MANY_SESSIONS);
        Child million = Child.start(java("gateway"), "ask", millionRoot)) {
      hundred.times(5 * CHECKS);
      million.times(5 * CHECKS);
      for (int round = 0; round < ROUNDS; round++) {
        few.add(hundred.times(CHECKS));
        most.add(million.times(CHECKS));
      }
    }
    String checks = checksAlone();
    Times our = Times.middle(most);
    Times their = Times.middle(few);
    List<String> notes = new ArrayList<>();
    long bytes = Files.size(all) + Files.size(all.resolveSibling("all.db-wal"));
    notes.add(
        String.format(
            Locale.ROOT,
            "the check of the token alone: %s; %,d bytes a session on disk, log included (goal 1,024)",
            checks,
            bytes / ALL_SESSIONS));
    notes.addAll(rates());
    return new Row(
        "P7",
        "of 1,000,000: " + both(our),
        "of 100: " + both(their),
        ratio(our, their),
        1.3,
        notes);
  }

  /** A token checked without a way through the hole, in words. */
  private String checksAlone() throws Exception {
    List<Integer> signedIn = List.of(FEW_SESSIONS, SOME_SESSIONS, MANY_SESSIONS);
    List<String> said = new ArrayList<>();
    for (int sessions : signedIn) {
      try (Child alone = checks("alone-" + sessions + ".db", sessions, 0)) {
        said.add(String.format(Locale.ROOT, "of %,d %s", sessions, alone(alone)));
      }
    }
    try (Child alone = checks("alone.db", MANY_SESSIONS, ALL_SESSIONS - MANY_SESSIONS)) {
      said.add(String.format(Locale.ROOT, "of %,d %s", ALL_SESSIONS, alone(alone)));
    }
    return String.join(", ", said);
  }

  private static String alone(Child checks) throws Exception {
    checks.times(5 * CHECKS);
    List<Times> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      rounds.add(checks.times(CHECKS));
    }
    return both(Times.middle(rounds));
  }

  private Child answering(Path root, String store, int signedIn, int others) throws Exception {
    return Child.start(
        java("listener"), "answer-checked", root, folder.resolve(store), signedIn, others);
  }

  /** What both engines do in a second, with their files where temporary files are. */
  private List<String> rates() throws Exception {
    Path disk = Files.createTempDirectory("hitc-rates-");
    try {
      List<String> line = new ArrayList<>(java("listener"));
      line.addAll(
          List.of(
              "-cp",
              System.getProperty("java.class.path"),
              Worker.class.getName(),
              "rates",
              disk.toString()));
      return tool(line.toArray(String[]::new))
          .lines()
          .filter(said -> said.contains("at once:") || said.contains("not installed"))
          .toList();
    } finally {
      remove(disk);
    }
  }

  private Child checks(String file, int signedIn, int others) throws IOException {
    return Child.start(java("listener"), "check", folder.resolve(file), signedIn, others);
  }

  /** P9: a long printout becomes rows, with its copybook and its totals. */
  private Row extract() throws Exception {
    LongPrintout small = LongPrintout.write(folder.resolve("small.lis"), FEW_LINES);
    LongPrintout large = LongPrintout.write(folder.resolve("large.lis"), MANY_LINES);
    List<Times> ours = new ArrayList<>();
    List<Times> theirs = new ArrayList<>();
    try (Child worker = Child.start(java("listener"), "extract", large.file())) {
      worker.times(1);
      for (int round = 0; round < ROUNDS; round++) {
        ours.add(worker.times(1));
        theirs.add(awk(large));
      }
    }
    Times our = Times.middle(ours);
    Times their = Times.middle(theirs);
    String memory =
        String.format(
            Locale.ROOT,
            "in use at the last of %,d rows: %s; of %,d rows: %s (with %s)",
            FEW_LINES,
            held(small, FEW_LINES),
            MANY_LINES,
            held(large, MANY_LINES),
            SMALL_HEAP);
    return new Row(
        "P9",
        "rows, checked " + Row.time(our.medianNanos()),
        "awk " + Row.time(their.medianNanos()),
        ratio(our, their),
        1.0,
        List.of(memory));
  }

  /** P10: a token verified for the first time, and one that is remembered. */
  private Row verify() throws Exception {
    List<Times> first = new ArrayList<>();
    List<Times> again = new ArrayList<>();
    List<Times> bare = new ArrayList<>();
    try (Child token = Child.start(java("listener"), "token", folder);
        Child remembered = Child.start(java("listener"), "token-again", folder);
        Child signature = Child.start(java("listener"), "signature", folder)) {
      List.of(token, remembered, signature).forEach(Bench::warm);
      for (int round = 0; round < ROUNDS; round++) {
        first.add(token.times(VERIFICATIONS));
        bare.add(signature.times(VERIFICATIONS));
        again.add(remembered.times(VERIFICATIONS));
      }
    }
    Times our = Times.middle(first);
    Times their = Times.middle(bare);
    long cached = Times.middle(again).medianNanos();
    return new Row(
        "P10",
        "token, first time " + both(our),
        "bare Ed25519 " + both(their),
        ratio(our, their),
        1.2,
        List.of(
            String.format(
                Locale.ROOT,
                "remembered: %s; goal %.1f us: %s",
                Row.time(cached),
                CACHED_NANOS / 1e3,
                cached <= CACHED_NANOS ? "met" : "MISSED")));
  }

  /** P12: the messages of a form in a language, and the same from ICU's own patterns. */
  private Row messages() throws Exception {
    Path own = Files.createDirectory(folder.resolve("messages"));
    Path other = Files.createDirectory(folder.resolve("messages-icu"));
    List<Times> ours = new ArrayList<>();
    List<Times> theirs = new ArrayList<>();
    try (Child form = Child.start(java("listener"), "messages", own);
        Child patterns = Child.start(java("listener"), "messages-icu", other)) {
      form.times(5 * FORMS);
      patterns.times(5 * FORMS);
      for (int round = 0; round < ROUNDS; round++) {
        ours.add(form.times(FORMS));
        theirs.add(patterns.times(FORMS));
      }
    }
    Times our = Times.middle(ours);
    Times their = Times.middle(theirs);
    return new Row(
        "P12",
        FormMessages.NUMBER + " messages " + both(our),
        "ICU, parsed before " + both(their),
        ratio(our, their),
        1.5,
        List.of(
            String.format(
                Locale.ROOT,
                "a form in %s; goal %.1f ms: %s",
                Row.time(our.medianNanos()),
                FORM_NANOS / 1e6,
                our.medianNanos() <= FORM_NANOS ? "met" : "MISSED")));
  }

  private static void warm(Child child) {
    try {
      child.times(5 * VERIFICATIONS);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Times awk(LongPrintout printout) throws Exception {
    long before = System.nanoTime();
    String program = SOURCES.resolve("totals.awk").toString();
    String sums = tool("awk", "-f", program, printout.file().toString());
    long after = System.nanoTime();
    if (!sums.strip().equals(printout.cents())) {
      throw new IllegalStateException("awk: " + sums + " instead of " + printout.cents());
    }
    return Times.of(new long[] {after - before});
  }

  private String held(LongPrintout printout, int row) throws Exception {
    List<String> line = new ArrayList<>(java("listener"));
    line.addAll(
        List.of(
            SMALL_HEAP,
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            "held",
            printout.file().toString(),
            Integer.toString(row)));
    return tool(line.toArray(String[]::new)).strip();
  }

  /** From sending the form until the report is there; opening the form is not counted. */
  private static Times reports(Browser browser, int number) {
    long[] nanos = new long[number];
    for (int i = 0; i < number; i++) {
      Browser.Page form = browser.get("/w/budget_12");
      Map<String, String> values =
          Map.of("account", "204110", "period", form.option("period", "2026-06"));
      long before = System.nanoTime();
      Browser.Page report = browser.submit(form, values);
      nanos[i] = System.nanoTime() - before;
      if (report.status() != 200 || !report.body().contains("169,613.25")) {
        throw new IllegalStateException("no report: " + report.status() + "\n" + report.words());
      }
    }
    return Times.of(nanos);
  }

  private static Times scripts(HttpClient client, URI script, int number)
      throws IOException, InterruptedException {
    long[] nanos = new long[number];
    HttpRequest request = HttpRequest.newBuilder(script).build();
    for (int i = 0; i < number; i++) {
      long before = System.nanoTime();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      nanos[i] = System.nanoTime() - before;
      if (answer.statusCode() != 200 || !answer.body().contains("** TOTAL")) {
        throw new IllegalStateException("no report: " + answer.statusCode());
      }
    }
    return Times.of(nanos);
  }

  /** The listener's system calls for one report and its form, counted after the measuring. */
  private String traced(Browser browser) throws IOException, InterruptedException {
    Path counts = folder.resolve("strace");
    Process strace;
    try {
      strace =
          new ProcessBuilder(
                  "strace",
                  "-f",
                  "-c",
                  "-U",
                  "calls,name",
                  "-e",
                  "trace=fsync,fdatasync,futex,epoll_ctl,epoll_wait,epoll_pwait,read,write,"
                      + "pwrite64,pread64,openat,openat2,close",
                  "-o",
                  counts.toString(),
                  "-p",
                  Long.toString(product.pid("listener")))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return "system calls not counted: " + e.getMessage();
    }
    TimeUnit.SECONDS.sleep(1);
    reports(browser, TRACED);
    strace.destroy();
    strace.waitFor();
    List<String> each = new ArrayList<>();
    for (String line : Files.readAllLines(counts, StandardCharsets.UTF_8)) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length == 2 && words[0].matches("\\d+") && !words[1].equals("total")) {
        each.add(
            String.format(Locale.ROOT, "%s %.1f", words[1], Double.parseDouble(words[0]) / TRACED));
      }
    }
    return "system calls of the listener for each: " + String.join(", ", each);
  }

  /** The runtime of a side with the flags that it really runs with, but its cache. */
  private List<String> java(String side) throws IOException {
    Path command = Path.of("/proc", Long.toString(product.pid(side)), "cmdline");
    List<String> words = List.of(Files.readString(command, StandardCharsets.UTF_8).split("\0", -1));
    List<String> line = new ArrayList<>();
    line.add(Product.distribution().resolve("listener/jre/bin/java").toString());
    words.subList(1, words.indexOf("-cp")).stream()
        .filter(word -> !word.startsWith("-XX:AOT"))
        .forEach(line::add);
    return line;
  }

  private String resident() throws IOException {
    return "gateway " + resident("gateway") + " MiB, listener " + resident("listener") + " MiB";
  }

  private long resident(String side) throws IOException {
    Path status = Path.of("/proc", Long.toString(product.pid(side)), "status");
    return Files.readAllLines(status, StandardCharsets.UTF_8).stream()
        .map(NUMBER::matcher)
        .filter(java.util.regex.Matcher::matches)
        .mapToLong(match -> Long.parseLong(match.group(1)) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Processor time of a side so far, in hundredths of a second (proc(5), utime and stime). */
  private long cpu(String side) throws IOException {
    String stat =
        Files.readString(
            Path.of("/proc", Long.toString(product.pid(side)), "stat"), StandardCharsets.UTF_8);
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(words[11]) + Long.parseLong(words[12]);
  }

  private Path floor() throws Exception {
    Path floor = folder.resolve("floor");
    if (!Files.exists(floor)) {
      tool(SOURCES.resolve("build").toString(), folder.toString());
    }
    return floor;
  }

  private static List<Times> floor(Path floor, String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of(floor.toString()));
    line.addAll(List.of(words));
    return tool(line.toArray(String[]::new))
        .lines()
        .filter(said -> said.contains("median_ns="))
        .map(Times::read)
        .toList();
  }

  /** What it printed; what it says on its error output is the reason when it cannot. */
  private static String tool(String... words) throws Exception {
    Path out = Files.createTempFile("hitc-bench-", ".out");
    try {
      // Into a file: a server that it leaves running keeps what it got open.
      int exit =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start()
              .waitFor();
      String said = Files.readString(out, StandardCharsets.UTF_8);
      if (exit == CANNOT) {
        throw new NotHereException(said.strip());
      }
      if (exit != 0) {
        throw new IllegalStateException(String.join(" ", words) + ": exit " + exit + "\n" + said);
      }
      return said;
    } finally {
      Files.delete(out);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static double ratio(Times our, Times their) {
    return (double) our.medianNanos() / their.medianNanos();
  }

  private static String both(Times times) {
    return Row.time(times.medianNanos()) + " (p99 " + Row.time(times.p99Nanos()) + ")";
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
