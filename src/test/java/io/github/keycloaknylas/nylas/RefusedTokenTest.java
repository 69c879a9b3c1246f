package io.github.keycloaknylas.nylas;

import static io.github.keycloaknylas.nylas.FailureKind.ADMINISTRATOR;
import static io.github.keycloaknylas.nylas.FailureKind.SIGN_IN_AGAIN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether it is the token that was refused, or the application that presented it. */
class RefusedTokenTest extends ErrorClassifierTestBase {

    @ParameterizedTest
    @CsvSource({
        "400,invalid_grant",
        "401,invalid_grant",
        "403,invalid_grant",
        "504,invalid_grant",
        "400,interaction_required",
        "400,consent_required"
    })
    void aRefusedTokenNeedsASignInWhateverTheStatus(int status, String code) {
        assertKind(connect(status, providerCode(code)), SIGN_IN_AGAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "401,grant.refresh_token_invalid",
        "401,refresh_token_invalid",
        "400,grant.invalid_authentication",
        "400,invalid_authentication"
    })
    void nylasOwnWordsForARefusedTokenCountWithAndWithoutPrefix(int status, String type) {
        assertKind(connect(status, type(type)), SIGN_IN_AGAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"invalid_grant\"",
                "\"invalid_grant: AADSTS700082: expired\"",
                "\"Error: INVALID_GRANT\"",
                "{\"error\":{\"code\":\"invalid_grant\"}}"
            })
    void theProviderMaySpeakInAnyForm(String json) {
        assertKind(connect(400, provider(json)), SIGN_IN_AGAIN);
    }

    @Test
    void aCodeIsAWholeWord() {
        assertAdministrator(connect(400, provider("\"not_invalid_grant_at_all\"")), FailureReach.ROW);
        assertAdministrator(connect(400, type("invalid_grant_id")), FailureReach.ROW);
    }

    @ParameterizedTest
    @CsvSource({"invalid_grant,SIGN_IN_AGAIN", "invalid_client,ADMINISTRATOR"})
    void errorsInTheStyleOfOAuthCountToo(String code, FailureKind kind) {
        assertThat(connect(400, "{\"error\":\"" + code + "\",\"error_description\":\"d\",\"error_code\":400}")
                        .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource(
            value = ApiOperation.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CONNECT"})
    void onlyAHandoverCanHaveItsTokenRefused(ApiOperation operation) {
        assertThat(classify(operation, 400, providerCode("invalid_grant")).kind())
                .isEqualTo(ADMINISTRATOR);
        assertThat(classify(operation, 401, type("invalid_authentication")).reach())
                .isEqualTo(FailureReach.CONNECTION);
    }

    @Test
    void whereMicrosoftHasNoPartUnauthorisedIsTheKeyWhateverIsSaidOfTheProvider() {
        assertAdministrator(
                classify(ApiOperation.READ_APPLICATION, 401, providerCode("invalid_grant")), FailureReach.CONNECTION);
        assertAdministrator(
                classify(ApiOperation.READ_CONNECTOR, 401, providerCode("invalid_grant")), FailureReach.CONNECTION);
        assertAdministrator(classify(ApiOperation.DELETE_GRANT, 401, providerCode("invalid_grant")), FailureReach.ROW);
    }

    @ParameterizedTest
    @CsvSource({"400,invalid_client", "401,invalid_client", "400,unauthorized_client"})
    void aRefusedClientIsTheCredential(int status, String code) {
        assertAdministrator(connect(status, providerCode(code)), FailureReach.CREDENTIAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7000215", "7000222", "700016"})
    void microsoftsCodesForARefusedClientWinOverTheTokenSoThatItIsKept(String code) {
        Failure failure = connect(
                400, provider("{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS" + code + ": secret\"}"));

        assertAdministrator(failure, FailureReach.CREDENTIAL);
        assertThat(failure.hint()).endsWith("(AADSTS" + code + ").");
        assertAdministrator(connect(400, message("AADSTS" + code + ": x")), FailureReach.CREDENTIAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_grant", "consent_required", "interaction_required", "something_new"})
    void missingConsentIsTheAdministratorsWhateverTheErrorSoThatTheTokenIsKept(String code) {
        Failure failure = connect(
                400,
                provider(
                        "{\"error\":\"" + code + "\",\"error_description\":\"AADSTS65001: The user or administrator has"
                                + " not consented\",\"suberror\":\"consent_required\"}"));

        assertAdministrator(failure, FailureReach.ROW);
        assertThat(failure.hint()).contains("consent").endsWith("(AADSTS65001).");
    }

    @Test
    void missingConsentIsFoundInEveryShapeOfError() {
        assertAdministrator(connect(401, message("AADSTS65001: x")), FailureReach.ROW);
        assertAdministrator(connect(400, provider("\"invalid_grant: AADSTS65001: x\"")), FailureReach.ROW);
        assertAdministrator(
                connect(400, "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS65001: x\"}"),
                FailureReach.ROW);
    }

    @Test
    void aCodeThatKeepsTheTokenWinsInAnyOrder() {
        assertAdministrator(connect(400, message("AADSTS700082: x AADSTS65001: y")), FailureReach.ROW);
        assertAdministrator(connect(400, message("AADSTS50173: x AADSTS7000222: y")), FailureReach.CREDENTIAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"50173", "70008", "70043", "700082", "700084", "50076", "50078", "50079"})
    void microsoftsCodesForADeadTokenNeedNoErrorField(String code) {
        Failure failure =
                connect(400, provider("{\"error_description\":\"AADSTS" + code + ": The refresh token has expired\"}"));

        assertKind(failure, SIGN_IN_AGAIN);
        assertThat(failure.hint()).endsWith("(AADSTS" + code + ").");
        assertKind(connect(400, message("AADSTS" + code + ": x")), SIGN_IN_AGAIN);
        assertKind(connect(400, providerCode("something_new")), SIGN_IN_AGAIN);
    }

    @Test
    void otherCodesOfMicrosoftAreToldButDecideNothing() {
        Failure failure = connect(
                400, provider("{\"error\":\"something_new\",\"error_description\":\"AADSTS90099: something new\"}"));

        assertAdministrator(failure, FailureReach.ROW);
        assertThat(failure.hint()).endsWith("(AADSTS90099).");
        assertAdministrator(connect(400, message("AADSTS70002155: longer")), FailureReach.ROW);
        assertAdministrator(connect(400, message("AADSTS6500: shorter, AADSTS650011: longer")), FailureReach.ROW);
    }
}
