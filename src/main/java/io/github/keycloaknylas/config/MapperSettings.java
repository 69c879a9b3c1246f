package io.github.keycloaknylas.config;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;

/**
 * Typed view of one mapper's settings, with their defaults. Invalid values never throw: they fall back to the default.
 */
public final class MapperSettings {

    private static final Pattern MULTIVALUE_SEPARATOR = Pattern.compile(Pattern.quote(Constants.CFG_DELIMITER));

    private static final int LONGEST_ATTRIBUTE = 255;
    private static final Set<String> KEYCLOAKS_OWN =
            Set.of("id", "username", "email", "firstname", "lastname", "locale", "emailverified");

    private final Map<String, String> config;

    private MapperSettings(Map<String, String> config) {
        this.config = config;
    }

    /** Returns the settings of this mapper, which may have none at all. */
    public static MapperSettings of(IdentityProviderMapperModel mapper) {
        return new MapperSettings(mapper.getConfig() == null ? Map.of() : mapper.getConfig());
    }

    /**
     * Returns the settings that govern a provider of the context's realm. Where a provider has two Nylas mappers, the
     * one that Keycloak calls first takes effect: mappers run in the order of their IDs.
     */
    public static Optional<MapperSettings> find(KeycloakSession session, String alias) {
        return session.identityProviders()
                .getMappersByAliasStream(alias)
                .filter(mapper -> MapperProperties.MAPPER_ID.equals(mapper.getIdentityProviderMapper()))
                .min(Comparator.comparing(IdentityProviderMapperModel::getId))
                .map(MapperSettings::of);
    }

    /** Name of the server-side connection to Nylas. */
    public String connection() {
        return text(MapperProperties.CONNECTION).orElse(MapperProperties.DEFAULT_CONNECTION);
    }

    /** The realm's own API URL, in place of a server-side connection. */
    public Optional<String> ownApiUrl() {
        return text(MapperProperties.API_URL);
    }

    /** The realm's own API key: always a vault reference, see {@link Connections}. */
    public Optional<String> ownApiKey() {
        return text(MapperProperties.API_KEY);
    }

    /** Nylas credential to use in place of the connector's own (Nylas: Multiple provider applications). */
    public Optional<String> credentialId() {
        return text(MapperProperties.CREDENTIAL_ID);
    }

    /**
     * Scopes without which a grant is of no use to the realm's applications.
     *
     * @param defaults scopes for a mapper without this setting, as an administrator would write them
     */
    public Set<String> requiredScopes(String defaults) {
        return words(Optional.ofNullable(config.get(MapperProperties.REQUIRED_SCOPES))
                .orElse(defaults));
    }

    /** The users for whom grants are made. */
    public Audience audience() {
        return new Audience(text(MapperProperties.ROLE), text(MapperProperties.GROUP), clients());
    }

    /** What happens to the grant of a user who is no longer among them. */
    public WhenIneligible whenIneligible() {
        return text(MapperProperties.WHEN_INELIGIBLE)
                .flatMap(WhenIneligible::of)
                .orElse(WhenIneligible.KEEP);
    }

    /** The number of grants of the provider from which on nobody else gets one; empty means never. */
    public Optional<Integer> maximumGrants() {
        return text(MapperProperties.MAXIMUM_GRANTS)
                .filter(number -> number.matches("0|[1-9][0-9]{0,8}"))
                .map(Integer::valueOf);
    }

    /** Returns what is wrong with the maximum number of grants, as a sentence for an administrator. */
    public Optional<String> maximumGrantsProblem() {
        return new MapperProblems(this).ofMaximumGrants();
    }

    /** Name of the user attribute that receives the grant ID. */
    public String attribute() {
        return text(MapperProperties.ATTRIBUTE)
                .filter(MapperSettings::isFree)
                .orElse(MapperProperties.DEFAULT_ATTRIBUTE);
    }

    // Writing a grant ID over a user's e-mail address would lock the user out. A name that ends like a status attribute
    // could be the status attribute of another mapper.
    static boolean isFree(String attribute) {
        return attribute.length() <= LONGEST_ATTRIBUTE
                && StatusAttribute.of(attribute).length() <= LONGEST_ATTRIBUTE
                && !StatusAttribute.isOne(attribute)
                && !KEYCLOAKS_OWN.contains(attribute.toLowerCase(Locale.ROOT));
    }

    /** Age after which a working grant is handed over anew; empty means never. */
    public Optional<Duration> maximumAge() {
        return text(MapperProperties.MAXIMUM_AGE_DAYS)
                .filter(days -> days.matches("[1-9][0-9]{0,4}"))
                .map(days -> Duration.ofDays(Long.parseLong(days)));
    }

    /** Returns whether Keycloak's own copies of the refresh token are removed. */
    public boolean discard() {
        return text(MapperProperties.DISCARD).map(Boolean::parseBoolean).orElse(true);
    }

    private Set<String> clients() {
        return Optional.ofNullable(config.get(MapperProperties.CLIENTS)).stream()
                .flatMap(MULTIVALUE_SEPARATOR::splitAsStream)
                .map(String::trim)
                .filter(client -> !client.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(config.get(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    private static Set<String> words(String value) {
        return Stream.of(value.trim().split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns what is wrong with the realm's own connection, as sentences for an administrator. */
    List<String> connectionProblems() {
        return new MapperProblems(this).ofConnection();
    }

    /** Returns every setting that cannot be used as it is, as sentences for an administrator. */
    public List<String> problems() {
        return new MapperProblems(this).all();
    }
}
