package io.github.keycloaknylas.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings of a mapper that cannot be used as they are, each as a sentence for an administrator. */
final class MapperProblems {

    private final MapperSettings settings;

    MapperProblems(MapperSettings settings) {
        this.settings = settings;
    }

    List<String> all() {
        return Stream.of(
                        ofMaximumAge().stream(),
                        ofAttribute().stream(),
                        ofWhenIneligible().stream(),
                        ofMaximumGrants().stream(),
                        ofConnection().stream())
                .flatMap(problems -> problems)
                .toList();
    }

    /** Those of the realm's own connection. */
    List<String> ofConnection() {
        Optional<String> url = settings.ownApiUrl();
        Optional<String> key = settings.ownApiKey();
        return Stream.of(
                        problem(
                                key.filter(text -> !Secrets.isReference(text)),
                                "The API key of the mapper is not a vault reference. Put the key into the vault and"
                                        + " write ${vault.<name>}: Keycloak shows mapper settings in clear."),
                        problem(
                                url.filter(text -> key.isEmpty()),
                                "The mapper has an API URL of its own but no API key. Give a vault reference as key: a"
                                        + " server key never goes to another URL."),
                        problem(
                                key.filter(text -> url.isEmpty()),
                                "The mapper has an API key of its own but no API URL. Give both, or neither to use a"
                                        + " connection of the server."))
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<String> ofMaximumGrants() {
        return problem(
                settings.text(MapperProperties.MAXIMUM_GRANTS)
                        .filter(number -> settings.maximumGrants().isEmpty()),
                "The maximum number of grants is ignored: it is not a whole number from 0 to 999999999. Correct it, or"
                        + " leave it empty.");
    }

    private Optional<String> ofWhenIneligible() {
        return problem(
                settings.text(MapperProperties.WHEN_INELIGIBLE)
                        .filter(choice -> WhenIneligible.of(choice).isEmpty()),
                "'When no longer eligible' of the mapper is neither keep nor delete. Grants of users who are no longer"
                        + " eligible are kept.");
    }

    private Optional<String> ofMaximumAge() {
        return problem(
                settings.text(MapperProperties.MAXIMUM_AGE_DAYS)
                        .filter(days -> settings.maximumAge().isEmpty()),
                "The maximum age of a grant is ignored: it is not a whole number of days from 1 to 99999. Correct it,"
                        + " or leave it empty.");
    }

    private Optional<String> ofAttribute() {
        return problem(
                settings.text(MapperProperties.ATTRIBUTE).filter(name -> !MapperSettings.isFree(name)),
                "The attribute of the mapper is one of Keycloak's own, or its name is too long or ends in _status. "
                        + MapperProperties.DEFAULT_ATTRIBUTE + " is used in its place.");
    }

    private static Optional<String> problem(Optional<String> culprit, String sentence) {
        return culprit.map(value -> sentence);
    }
}
