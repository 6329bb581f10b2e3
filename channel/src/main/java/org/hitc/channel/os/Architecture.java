package org.hitc.channel.os;

/**
 * The numbers of Linux that differ by processor.
 *
 * @param directory {@code O_DIRECTORY}
 * @param noFollow {@code O_NOFOLLOW}
 * @param getdents64 number of the system call
 * @param epollEventSize size in bytes of {@code struct epoll_event}, which is packed on x86-64 only
 * @param epollDataOffset where its {@code data} begins
 */
record Architecture(
    int directory, int noFollow, long getdents64, long epollEventSize, long epollDataOffset) {

  static final Architecture CURRENT = of(System.getProperty("os.arch"));

  static Architecture of(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> new Architecture(0x1_0000, 0x2_0000, 217, 12, 4);
      case "aarch64" -> new Architecture(0x4000, 0x8000, 61, 16, 8);
      default -> throw new UnsupportedOperationException("no Linux numbers for " + name);
    };
  }
}
