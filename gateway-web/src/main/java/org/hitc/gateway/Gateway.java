package org.hitc.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.hitc.channel.Refusal;
import org.hitc.gateway.http.StaticFiles;
import org.hitc.gateway.page.Renderer;
import org.hitc.gateway.page.Site;
import org.hitc.i18n.Messages;
import org.hitc.i18n.site.SiteFolder;

/** The parts that the real start and the tests put together in the same way. */
public final class Gateway {

  private Gateway() {}

  /**
   * The renderer.
   *
   * @param messages the words as they are at any moment
   */
  public static Renderer renderer(
      String service, String support, StaticFiles files, Supplier<Messages> messages) {
    Site site =
        new Site(service, support, version(), files.stylesheet(), files.icon(), files.script());
    return new Renderer(site, messages);
  }

  /**
   * The words of the gateway, and of this site where it words something differently.
   *
   * @param folder of the site's files; need not be there
   */
  public static SiteFolder words(Path folder) {
    return new SiteFolder(
        folder, List.of(Gateway.class, Refusal.class), _ -> false, ZoneOffset.UTC);
  }

  private static String version() {
    try (InputStream in = Gateway.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks version.properties");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "");
    } catch (IOException e) {
      throw new IllegalStateException("version.properties", e);
    }
  }
}
