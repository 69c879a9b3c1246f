package io.github.keycloaknylas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on troubleshooting has the log messages of the code word for word. */
class TroubleshootingPageTest {

    private static final Path PAGE = Path.of("docs", "troubleshooting.md");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Path CODES = Path.of("src/main/resources/io/github/keycloaknylas/monitoring/log-codes.txt");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|.*$");
    private static final Pattern LOG_CODE = Pattern.compile("NYLAS-\\d{4}");
    private static final Pattern CODED = Pattern.compile("`(NYLAS-\\d{4})` `([^`]+)`");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Shown elsewhere: by the set-up call, whose codes are in docs/doctor.md, or in the admin console. */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of(
            "A page failed and is repeated",
            "Adds nylas_grant_id",
            "Hands the ",
            "The maximum age of a grant is ignored",
            "The tokens queued so far are handed over first",
            "The attribute of the mapper is one of Keycloak's own",
            "Nylas refused to show its ");

    /** Never shown at {@code WARN}: failures that pass by themselves, and those that only debug logging shows. */
    private static final Set<String> NOT_LOGGED = Set.of(
            "Microsoft refused the refresh token",
            "Nylas refused the refresh token with status 401",
            "Nylas answered with a grant that it reports as invalid",
            "Nylas answered with a grant of a provider other than ",
            "The option spi-nylas-seal-key--",
            "The realm of the Nylas connection",
            "The realm whose vault holds the key");

    @Test
    void everySentenceThatIsLoggedIsOnThePage() throws IOException {
        String page = BLOCK.matcher(Files.readString(PAGE)).replaceAll("");
        List<String> documented =
                CODE.matcher(page).results().map(span -> span.group(1)).toList();

        Set<String> missing = LogMessages.in(LogMessages.sources(SOURCES, TroubleshootingPageTest::logs)).stream()
                .filter(message -> SHOWN_ELSEWHERE.stream().noneMatch(message::startsWith))
                .filter(message -> NOT_LOGGED.stream().noneMatch(message::startsWith))
                .filter(message ->
                        documented.stream().noneMatch(pattern(message).asMatchPredicate()))
                .map(message -> message.replace(LogMessages.ANY, "…"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(missing).isEmpty();
    }

    @Test
    void everyMessageHasACodeOfItsOwn() throws IOException {
        List<String> assigned = assigned().keySet().stream().toList();
        List<String> written = new ArrayList<>();
        for (Path source : LogMessages.sources(SOURCES, file -> !file.endsWith("LogCodes.java"))) {
            LOG_CODE.matcher(Files.readString(source)).results().forEach(code -> written.add(code.group()));
        }
        List<String> documented = ROW.matcher(Files.readString(PAGE))
                .results()
                .flatMap(row -> LOG_CODE.matcher(row.group()).results())
                .map(MatchResult::group)
                .toList();

        assertThat(Stream.concat(assigned.stream(), written.stream()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void aCodeBelongsToTheMessageBehindIt() throws IOException {
        Map<String, String> messages = new TreeMap<>();
        CODED.matcher(Files.readString(PAGE)).results().forEach(coded -> messages.put(coded.group(1), coded.group(2)));

        assertThat(messages.keySet()).isEqualTo(assigned().keySet());
        assigned()
                .forEach((code, part) -> assertThat(messages.entrySet().stream()
                                .filter(message -> message.getValue().contains(part))
                                .map(Map.Entry::getKey))
                        .as("messages that contain '%s'", part)
                        .containsExactly(code));
    }

    private static Map<String, String> assigned() throws IOException {
        return Files.readAllLines(CODES).stream()
                .collect(Collectors.toMap(
                        line -> line.substring(0, 10), line -> line.substring(11), (one, other) -> one, TreeMap::new));
    }

    @Test
    void literalsAreJoinedAndWhatIsFilledInMayBeAnything(@TempDir Path scratch) throws IOException {
        Path source = Files.writeString(scratch.resolve("Sample.java"), """
                class Sample {
                    void say(String name, Exception e) {
                        warnings.warn("The connection '" + name + "' cannot be used"
                                + ": " + e.getMessage() + ". Correct it.");
                        log.warnf("Nothing is lost (%s). Wait until it is over.", e);
                        log.debug("This is repeated at the next look");
                    }
                }
                """);

        assertThat(LogMessages.in(source))
                .hasSize(2)
                .anySatisfy(message -> assertThat("The connection 'a' cannot be used: <reason>. Correct it.")
                        .matches(pattern(message)));
    }

    /**
     * The set-up call shows its findings, and what a provider remarks on its set-up, in its report; Nylas is told the
     * answers of the webhook.
     */
    private static boolean logs(Path file) {
        return !file.getParent().endsWith("admin")
                && !file.getParent().endsWith("setup")
                && !file.getParent().endsWith("management")
                && !file.endsWith(Path.of("webhook", "Answer.java"))
                && !file.getFileName().toString().matches(".*(SetUp|Tenants)[.]java");
    }

    // What is filled in at the end may be left out, and so may the full stop in the code, which is added to a hint.
    private static Pattern pattern(String message) {
        String regex = Arrays.stream(message.strip().split(LogMessages.ANY, -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(regex.replace(" \\E.*\\Q\\E", "\\E.*") + "\\.?");
    }
}
