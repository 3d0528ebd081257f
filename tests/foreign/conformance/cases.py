"""The cases of one operation: what is sent, and what may come back."""

from dataclasses import dataclass

import values
from inputs import EVERYWHERE, INPUTS, REFUSED

# Of nobody's, in the service's form.
UNKNOWN = {
    "UserPoolId": ("us-east-1_nobodys00", "ResourceNotFoundException"),
    "ClientId": ("0123456789abcdefghijklmnop", "ResourceNotFoundException"),
    "Username": ("nobody", "UserNotFoundException"),
}

# A name that nobody has is what these want.
NEW_NAMES = {"SignUp", "AdminCreateUser"}


@dataclass
class Case:
    """A request. Its answer is an error of one of these types, with this in its text, or a success if `success` says
    so."""

    what: str
    input: dict
    errors: set
    text: str = ""
    success: bool = False


def invalid(what, input):
    """A request that the model forbids."""
    return Case(what, input, {"InvalidParameterException"}, text="failed to satisfy constraint")


def cases(operation, stage):
    """All cases of an operation, the one that it fulfils last."""
    name, shape = operation.name, operation.input_shape
    declared = {error.name for error in operation.error_shapes}
    right = fulfilled(name, shape, stage)
    for member in shape.required_members:
        rest = {other: value for other, value in right.items() if other != member}
        yield invalid(f"without {member}", rest)
    for path, place in values.constraints(shape):
        for constraint, wrong in values.broken(place):
            place_name = ".".join(map(str, path))
            yield invalid(f"{constraint} of {place_name}", values.put(shape, right, path, wrong))
    for member, (value, error) in UNKNOWN.items():
        if member in shape.required_members and not (member == "Username" and name in NEW_NAMES):
            errors = {error} if error in declared else declared
            yield Case(f"unknown {member}", {**right, member: value}, errors, success=error not in declared)
    refused = REFUSED.get(name)
    yield Case("valid", right, refused or set(), success=refused is None)


def fulfilled(name, shape, stage):
    """Input that the operation fulfils, as far as generated input can be that."""
    made = {**EVERYWHERE, **INPUTS.get(name, {})}
    given = {member: value(stage) for member, value in INPUTS.get(name, {}).items()}
    for member in shape.required_members:
        if member not in given:
            given[member] = made[member](stage) if member in made else values.valid(shape.members[member])
    return {member: value for member, value in given.items() if value is not None}
