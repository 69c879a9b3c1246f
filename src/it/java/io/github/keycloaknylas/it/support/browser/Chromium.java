package io.github.keycloaknylas.it.support.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real browser without a window: the Chromium of this machine, never a downloaded one. */
public final class Chromium implements AutoCloseable {

    private static final String PROPERTY = "browser.chromium";
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable, List<String> rules) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setHeadless(true)
                        .setArgs(List.of(
                                "--no-sandbox",
                                // There is none on a server, and a picture would wait for the process that
                                // looks for one.
                                "--disable-gpu",
                                "--no-proxy-server",
                                "--ignore-certificate-errors",
                                "--host-resolver-rules=" + String.join(",", rules))));
    }

    /**
     * Starts it; it reaches this machine and nothing else. Where there is none, the test does not run and says so, or
     * fails if the environment variable {@code CI} is {@code true}.
     *
     * @param test what does not run without a browser
     * @param hosts host names, and the local ports that answer for them
     */
    public static Chromium orSkip(String test, Map<String, Integer> hosts) {
        Optional<Path> found = find();
        if (found.isEmpty()) {
            String message =
                    test + " DID NOT RUN: no Chromium was found. Install one (Debian: apt-get install chromium),"
                            + " or name it with -D" + PROPERTY + "=<path>.";
            System.out.println("\n*** " + message + "\n");
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(message);
            }
            Assumptions.abort(message);
        }
        Stream<String> mapped =
                hosts.entrySet().stream().map(host -> "MAP " + host.getKey() + " 127.0.0.1:" + host.getValue());
        Stream<String> nowhereElse = Stream.of("MAP * ~NOTFOUND", "EXCLUDE localhost", "EXCLUDE 127.0.0.1");
        return new Chromium(found.get(), Stream.concat(mapped, nowhereElse).toList());
    }

    /** Somebody with cookies of their own, whose browser speaks this language. */
    public Person person(String language) {
        return new Person(browser.newContext(new Browser.NewContextOptions()
                .setLocale(language)
                .setViewportSize(1280, 1600)
                .setIgnoreHTTPSErrors(true)));
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static Optional<Path> find() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(Optional.ofNullable(System.getenv("PATH")).orElse(""))
                .filter(directory -> !directory.isEmpty())
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
