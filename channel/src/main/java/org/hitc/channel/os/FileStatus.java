package org.hitc.channel.os;

import java.time.Instant;

/**
 * What the kernel says about a file ({@code statx(2)}).
 *
 * @param mode permission bits with set-user-id, set-group-id and sticky: at most {@code 07777}
 * @param links number of names that it has
 * @param size in bytes
 * @param device number of its file system
 * @param modified time of the last change of its content; its owner can set it at will
 * @param changed time of the last change of content, name, owner or mode; nobody can set it back
 */
public record FileStatus(
    Type type,
    int mode,
    int uid,
    int gid,
    long links,
    long size,
    long device,
    long inode,
    Instant modified,
    Instant changed) {

  /** Type of a file. */
  public enum Type {
    REGULAR("a regular file"),
    DIRECTORY("a directory"),
    SYMLINK("a symbolic link"),
    FIFO("a FIFO"),
    SOCKET("a socket"),
    CHARACTER_DEVICE("a character device"),
    BLOCK_DEVICE("a block device"),
    /** What a file system without types in its directories says of an entry. */
    UNKNOWN("a file of unknown type");

    private final String words;

    Type(String words) {
      this.words = words;
    }

    /** With its article, for messages. */
    public String words() {
      return words;
    }

    /** From the {@code S_IFMT} part of a mode, shifted to the right by 12. */
    static Type of(int format) {
      return switch (format) {
        case 0x1 -> FIFO;
        case 0x2 -> CHARACTER_DEVICE;
        case 0x4 -> DIRECTORY;
        case 0x6 -> BLOCK_DEVICE;
        case 0x8 -> REGULAR;
        case 0xa -> SYMLINK;
        case 0xc -> SOCKET;
        default -> UNKNOWN;
      };
    }
  }
}
