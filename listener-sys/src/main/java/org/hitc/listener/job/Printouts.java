package org.hitc.listener.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What programs printed, byte for byte: one file for each printing program of a job in a folder
 * that only the listener can read. A printout is for looking at and downloading; it is not what
 * must survive a power cut, so it is not forced to the disk.
 */
public final class Printouts {
  /** Most bytes of all kept printouts together, unless said otherwise. */
  public static final long MOST = 2L << 30;

  private final Path folder;

  /** Those of jobs that have not ended; never removed. */
  private final Set<Path> inUse = ConcurrentHashMap.newKeySet();

  /**
   * @param folder is made (mode 0700) when it does not exist
   */
  public Printouts(Path folder) throws IOException {
    // Several nodes may share it, and start at once.
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    this.folder = folder;
  }

  /** What the last printing program of this job printed, if it is still kept; to be closed. */
  public Optional<InputStream> open(String reference) {
    try {
      int last = 1;
      while (Files.exists(file(reference, last + 1))) {
        last++;
      }
      return Optional.of(Files.newInputStream(file(reference, last)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes what was kept before this moment; at most so many files, so that it stays short.
   *
   * @param runs true for the reference of a job that runs at another node
   */
  public int removeBefore(Instant moment, int limit, Predicate<String> runs) throws IOException {
    List<Kept> old =
        kept().stream().filter(k -> k.modified().toInstant().isBefore(moment)).toList();
    return remove(old.subList(0, Math.min(limit, old.size())), runs);
  }

  /**
   * Removes the oldest until no more than so many bytes are kept; what belongs to running jobs
   * counts, and stays.
   *
   * @param runs true for the reference of a job that runs at another node
   */
  public int removeBeyond(long bytes, Predicate<String> runs) throws IOException {
    List<Kept> all = kept();
    long sum = all.stream().mapToLong(Kept::size).sum();
    List<Kept> tooMany = new ArrayList<>();
    for (Kept kept : all) {
      if (sum > bytes && !inUse.contains(kept.file())) {
        tooMany.add(kept);
        sum -= kept.size();
      }
    }
    return remove(tooMany, runs);
  }

  /** Where the n-th printing program of this job prints to, from 1; it is not removed. */
  Path hold(String reference, int number) {
    Path file = file(reference, number);
    inUse.add(file);
    return file;
  }

  /** The job has ended: age and room decide from now on. */
  void letGo(Path file) {
    inUse.remove(file);
  }

  /** True when a job had this reference whose printout is still kept. */
  boolean has(String reference) {
    return Files.exists(file(reference, 1));
  }

  private record Kept(Path file, FileTime modified, long size) {}

  /** The oldest first. */
  private List<Kept> kept() throws IOException {
    List<Kept> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        try {
          BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
          all.add(new Kept(file, is.lastModifiedTime(), is.size()));
        } catch (NoSuchFileException _) {
          // Gone between the listing and now.
        }
      }
    }
    all.sort(Comparator.comparing(Kept::modified));
    return all;
  }

  private int remove(List<Kept> those, Predicate<String> runs) throws IOException {
    int removed = 0;
    for (Kept kept : those) {
      if (!inUse.contains(kept.file())
          && !runs.test(reference(kept.file()))
          && Files.deleteIfExists(kept.file())) {
        removed++;
      }
    }
    return removed;
  }

  private static String reference(Path file) {
    String name = file.getFileName().toString();
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private Path file(String reference, int number) {
    if (!References.isReference(reference)) {
      throw new IllegalArgumentException("not a reference");
    }
    return folder.resolve(number == 1 ? reference : reference + "." + number);
  }
}
