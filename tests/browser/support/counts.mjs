/** One line a test, and at the end the counts. */
export default class Counts {
  passed = 0
  failed = 0
  skipped = 0

  /** @param {import('@playwright/test/reporter').TestCase} test @param {import('@playwright/test/reporter').TestResult} result */
  onTestEnd(test, result) {
    if (result.status === 'skipped') this.skipped += 1
    else if (result.status === 'passed') this.passed += 1
    else {
      this.failed += 1
      for (const error of result.errors) console.log(error.message, error.stack ?? '')
    }
    console.log(`${result.status} ${test.titlePath().slice(2).join(' › ')} (${result.duration} ms)`)
  }

  /** @param {import('@playwright/test/reporter').TestError} error */
  onError(error) {
    this.failed += 1
    console.log(error.message, error.stack ?? '')
  }

  onEnd() {
    const skipped = this.skipped ? `, ${this.skipped} skipped` : ''
    console.log(`\n${this.passed} passed, ${this.failed} failed${skipped}`)
  }

  printsToStdio() {
    return true
  }
}
