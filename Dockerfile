# The command `policykit` in a container:
#   docker build -t policykit .
#   docker run --rm -v "$PWD:/work" policykit check releases/
#   curl -s https://example.org/plan.txt | docker run --rm -i policykit extract -

FROM python:3.12-slim AS build
WORKDIR /source
COPY pyproject.toml hatch_build.py README.md CHANGELOG.md LICENSE ./
COPY src ./src
COPY data ./data
RUN pip install --no-cache-dir "build>=1,<2" \
    && python -m build --wheel --outdir /wheels .

FROM python:3.12-slim
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir /wheels/*.whl \
    && rm -r /wheels \
    && useradd --uid 1000 --create-home policykit
USER 1000
WORKDIR /work
ENTRYPOINT ["policykit"]
CMD ["--help"]
