"""Answers that have all that an importer looks at, in the form that vendors document."""

from typing import Any

ANSWERS: list[tuple[str, Any]] = [
    (
        "hubspot",
        {
            "results": [
                {
                    "name": "a",
                    "label": "A",
                    "type": "enumeration",
                    "fieldType": "select",
                    "options": [{"value": "a", "label": "A", "hidden": False}],
                    "calculated": False,
                    "hasUniqueValue": False,
                    "referencedObjectType": None,
                    "externalOptions": False,
                    "numberDisplayHint": None,
                    "currencyPropertyName": None,
                    "modificationMetadata": {"readOnlyValue": False},
                }
            ],
            "paging": None,
        },
    ),
    (
        "hubspot",
        {
            "results": [
                {
                    "name": "car",
                    "labels": {"singular": "Car"},
                    "requiredProperties": ["a"],
                    "properties": [{"name": "a", "type": "string", "fieldType": "text"}],
                }
            ]
        },
    ),
    (
        "dataverse",
        {
            "value": [
                {
                    "LogicalName": "contact",
                    "PrimaryIdAttribute": "contactid",
                    "DisplayName": {"UserLocalizedLabel": {"Label": "Contact"}},
                    "Keys": [{"KeyAttributes": ["a"], "EntityKeyIndexStatus": "Active"}],
                    "Attributes": [
                        {
                            "LogicalName": "a",
                            "AttributeType": "Status",
                            "AttributeTypeName": {"Value": "StatusType"},
                            "RequiredLevel": {"Value": "None"},
                            "DateTimeBehavior": {"Value": "UserLocal"},
                            "IsValidForCreate": True,
                            "IsPrimaryId": False,
                            "SourceType": 0,
                            "MaxLength": 9,
                            "Precision": 2,
                            "MinValue": 0.5,
                            "Targets": ["x"],
                            "OptionSet": {
                                "Options": [
                                    {
                                        "Value": 1,
                                        "State": 0,
                                        "Label": {"LocalizedLabels": [{"Label": "A"}]},
                                    }
                                ]
                            },
                        }
                    ],
                }
            ]
        },
    ),
    (
        "jotform",
        {
            "responseCode": 200,
            "content": {
                "1": {
                    "type": "control_fullname",
                    "name": "a",
                    "text": "A",
                    "order": "1",
                    "required": "Yes",
                    "sublabels": {"first": "First"},
                    "middle": "Yes",
                },
                "2": {
                    "type": "control_dropdown",
                    "name": "b",
                    "options": "A|B",
                    "special": "None",
                    "multiple": "Yes",
                    "allowOther": "No",
                },
                "3": {"type": "control_number", "name": "c", "minValue": "1", "maxsize": "5"},
            },
        },
    ),
    (
        "json-schema",
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "a",
            "type": ["object", "null"],
            "required": ["a"],
            "additionalProperties": False,
            "properties": {
                "a": {"type": "string", "format": "date", "maxLength": 5, "readOnly": True},
                "b": {"anyOf": [{"type": "number", "multipleOf": 0.5}, {"type": "null"}]},
                "c": {"type": "array", "items": {"enum": ["a", 1]}},
                "d": {"allOf": [{"$ref": "#/$defs/d"}, {"const": "x"}]},
                "e": {"oneOf": [{"const": "a", "title": "A"}, {"const": "b"}]},
                "f": {"type": "integer", "minimum": 1, "maximum": 2, "enum": [1, 2]},
            },
            "$defs": {"d": {"type": "object", "properties": {"x": {"$ref": "#"}}}},
        },
    ),
    (
        "openapi",
        {
            "openapi": "3.1.0",
            "paths": {
                "/a": {
                    "post": {
                        "parameters": [{"schema": {"$ref": "#/definitions/a"}}],
                        "requestBody": {
                            "content": {"x": {"schema": {"$ref": "#/components/schemas/A"}}}
                        },
                    }
                }
            },
            "components": {"schemas": {"A": {"required": ["a"], "properties": {"a": {}}}}},
            "definitions": {"a": {"properties": {"b": {"type": "boolean"}}}},
        },
    ),
]
