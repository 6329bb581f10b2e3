package org.hitc.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.hitc.channel.Refusal;
import org.hitc.gateway.http.StaticFiles;
import org.hitc.gateway.page.Renderer;
import org.hitc.gateway.page.Site;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Layer;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;

/** The parts that the real start and the tests put together in the same way. */
public final class Gateway {

  /** The language the product is written in. */
  private static final String SOURCE = "en";

  private Gateway() {}

  /**
   * The renderer with the product's own words.
   *
   * @param languages BCP 47 tags, the default first
   * @throws IllegalStateException when a message file of the product is wrong
   */
  public static Renderer renderer(
      String service, String support, StaticFiles files, List<String> languages) {
    Languages offered = Languages.of(languages);
    Site site =
        new Site(service, support, version(), files.stylesheet(), files.icon(), files.script());
    return new Renderer(site, offered, messages(offered));
  }

  private static Messages messages(Languages offered) {
    List<Layer> layers =
        List.of(new Layer.Product(Gateway.class), new Layer.Product(Refusal.class));
    return switch (Messages.load(offered, Language.of(SOURCE), ZoneOffset.UTC, layers)) {
      case Loading.Loaded(Messages messages) -> messages;
      case Loading.Refused(var problems) ->
          throw new IllegalStateException("message files of the product: " + problems);
    };
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
