package io.headrace.metadata;

import io.headrace.wire.ErrorCode;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData.FeatureUpdateKey;
import org.apache.kafka.common.message.UpdateFeaturesResponseData;
import org.apache.kafka.common.message.UpdateFeaturesResponseData.UpdatableFeatureResult;

/**
 * Decides on one UpdateFeatures request (KIP-584, KIP-778). A feature can be set to the level that it has; to another one
 * it cannot, and then nothing of the request is done. The response names what was done, up to version 1 on the wire.
 */
final class FeatureUpdate {

    private static final byte UPGRADE = 1;
    private static final byte UNSAFE_DOWNGRADE = 3;

    private FeatureUpdate() {}

    static Decision<UpdateFeaturesResponseData> decide(UpdateFeaturesRequestData request) {
        UpdateFeaturesResponseData response = new UpdateFeaturesResponseData();
        for (FeatureUpdateKey update : request.featureUpdates()) {
            String fault = fault(update);
            if (fault != null) {
                return Decision.of(new UpdateFeaturesResponseData()
                        .setErrorCode(ErrorCode.INVALID_UPDATE_VERSION.code())
                        .setErrorMessage(fault));
            }
            response.results().add(new UpdatableFeatureResult().setFeature(update.feature()));
        }
        return Decision.of(response);
    }

    /** Null if the feature is, and may be, what it is to become. */
    private static String fault(FeatureUpdateKey update) {
        short asked = update.maxVersionLevel();
        Short level = Features.LEVELS.get(update.feature());
        if (update.upgradeType() < UPGRADE || update.upgradeType() > UNSAFE_DOWNGRADE) {
            return "There is no upgrade type " + update.upgradeType() + ".";
        }
        if (level == null) {
            return "The feature " + update.feature() + " is not there, so that it cannot have level " + asked + ".";
        }
        return asked == level
                ? null
                : "The feature " + update.feature() + " is at level " + level + " and cannot have level " + asked + ".";
    }
}
